const MOST_WORDS = 10;

/**
 * Words for the list's search that find the errors of a signature again: those between the places where something varies.
 * The list looks for each by itself, so that their order and what lay between them do not matter.
 */
export function searchWords(signature: string): string {
  const fixed = signature.split(/\s+/).filter((word) => word.length > 2 && !/<\w+>/.test(word));
  return [...new Set(fixed)]
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_WORDS)
    .join(' ');
}
