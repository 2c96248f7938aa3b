/**
 * Brings a change of the form into a text that a person has written, so that comments, order and spelling of all other lines stay.
 *
 * @param text what stands in the editor
 * @param before the form as it was, written by us
 * @param after the form as it is, written by us
 * @returns the text with those lines replaced, taken out or put in, or `null` when their place cannot be found
 */
export function patchSource(text: string, before: string, after: string): string | null {
  if (text === before) return after;
  const [lines, old, next] = [text.split('\n'), before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < Math.min(old.length, next.length) && old[start] === next[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, next.length) - start && old[old.length - 1 - end] === next[next.length - 1 - end]) end += 1;
  const removed = old.slice(start, old.length - end);
  const added = next.slice(start, next.length - end);

  if (removed.length === added.length) {
    for (const [index, line] of removed.entries()) {
      if (line === added[index]) continue;
      const at = placeOf(lines, line);
      if (at === null) return null;
      lines[at] = respelled(lines[at] ?? '', added[index] ?? '');
    }
    return lines.join('\n');
  }
  if (removed.length === 0) {
    const above = start === 0 ? -1 : placeOf(lines, old[start - 1] ?? '');
    if (above === null) return null;
    lines.splice(above + 1, 0, ...added);
    return lines.join('\n');
  }
  if (added.length === 0) {
    const places = removed.map((line) => placeOf(lines, line));
    if (places.includes(null)) return null;
    return lines.filter((_line, at) => !places.includes(at)).join('\n');
  }
  return null;
}

/** The key a line begins with, quotes aside. */
function keyOf(line: string): string | null {
  return /^\s*(?:- )?["']?([\w.-]+)["']?\s*[:=]/.exec(line)?.[1] ?? null;
}

/** The one line that says what `line` says, however it is spelled. */
function placeOf(lines: readonly string[], line: string): number | null {
  const key = keyOf(line);
  const isIt = key === null ? (other: string) => other.trim() === line.trim() : (other: string) => keyOf(other) === key;
  const found = lines.flatMap((other, at) => (isIt(other) ? [at] : []));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The new line in the place of the old one: its indentation and the comment behind it stay. */
function respelled(was: string, line: string): string {
  const indent = /^\s*/.exec(was)?.[0] ?? '';
  const comment = /\s+(?:#|\/\/)[^"']*$/.exec(was)?.[0] ?? '';
  return indent + line.trim() + comment;
}
