const ESCAPE_CODES = /\x1b\[[0-9;?]*[A-Za-z]/g;
const MOST_LINES = 50;
const MOST_CHARACTERS = 16_000;

/** Bytes at the end of a log that are enough for the last lines, also behind a long row of progress bars. */
export const TAIL_BYTES = 256 * 1024;

/**
 * The end of program output as a person would have seen it on a screen: progress bars in their last state, without escape codes and empty
 * lines; at most 50 lines and 16 000 characters.
 */
export function lastLines(output: string): string {
  const lines = output
    .split('\n')
    .map(asOnScreen)
    .filter((line) => line.trim() !== '');
  return lines.slice(-MOST_LINES).join('\n').slice(-MOST_CHARACTERS);
}

/** A carriage return goes back to the begin of the line; what is written then hides what was there. */
function asOnScreen(line: string): string {
  const states = line
    .replace(ESCAPE_CODES, '')
    .split('\r')
    .filter((state) => state.trim() !== '');
  return (states[states.length - 1] ?? '').trimEnd();
}
