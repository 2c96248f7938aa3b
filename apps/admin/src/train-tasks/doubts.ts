/** Rows of a list that may have changed, or left it, without this page having heard of it. They are asked about once somebody looks at them. */
export class Doubts {
  private readonly ids = new Set<string>();
  /** Whether the number of all rows can be relied on. */
  isCounted = true;

  add(ids: Iterable<string>): void {
    for (const id of ids) this.ids.add(id);
  }

  /** Nothing of the list can be relied on. */
  addAll(loaded: Iterable<string>): void {
    this.add(loaded);
    this.isCounted = false;
  }

  settle(ids: Iterable<string>): void {
    for (const id of ids) this.ids.delete(id);
  }

  counted(): void {
    this.isCounted = true;
  }

  /** The list has been loaded anew. */
  forget(): void {
    this.ids.clear();
    this.isCounted = true;
  }

  /** @param inView asked for only while something is doubted: it is called whenever rows come into view */
  concern(inView: () => readonly { taskId: string }[]): boolean {
    return this.ids.size > 0 && inView().some(({ taskId }) => this.ids.has(taskId));
  }
}
