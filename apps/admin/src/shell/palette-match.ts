/** Something the palette can do, under the words it is found by. */
export interface Command {
  id: string;
  label: string;
  hint?: string;
  /** Further words, in whatever language somebody may think of it. */
  words?: string;
}

/** Commands that have every word of the text somewhere; those whose label begins with it come first. */
export function matching<Found extends Command>(text: string, commands: readonly Found[]): Found[] {
  const wanted = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return [...commands];
  const [first = ''] = wanted;
  return commands
    .filter(({ label, hint = '', words = '' }) => wanted.every((word) => `${label} ${hint} ${words}`.toLowerCase().includes(word)))
    .toSorted((a, b) => Number(b.label.toLowerCase().startsWith(first)) - Number(a.label.toLowerCase().startsWith(first)));
}
