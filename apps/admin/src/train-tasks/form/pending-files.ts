/** Files that were dropped on another page, on their way to the form. They cannot travel in an address. */
let waiting: readonly File[] = [];

export function sendFiles(files: readonly File[]): void {
  waiting = files;
}

/** Takes them; the next call finds none. */
export function takeFiles(): readonly File[] {
  const files = waiting;
  waiting = [];
  return files;
}
