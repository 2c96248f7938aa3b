const ESCAPE_CODES = /\x1b\[[0-9;?]*[A-Za-z]/g;
const LINE_END = /[\r\n]+/;

/** Characters of one line that are looked at; what is longer is a dump of something, not a report of progress. */
export const LINE_LIMIT = 16_384;

/**
 * Cuts a stream of program output into lines, as a person would have seen them one after another: a carriage return ends
 * a line too (progress bars overwrite themselves with it), terminal escape codes are taken out, empty lines are left out.
 */
export class OutputLines {
  private rest = '';

  /** The lines that `chunk` completes. */
  feed(chunk: string): string[] {
    const lines = (this.rest + chunk).split(LINE_END);
    this.rest = (lines.pop() ?? '').slice(0, LINE_LIMIT);
    return lines.map(clean).filter((line) => line !== '');
  }

  /** The line that the output ended in without a line end, if any. */
  end(): string[] {
    const last = clean(this.rest);
    this.rest = '';
    return last === '' ? [] : [last];
  }
}

function clean(line: string): string {
  return line.slice(0, LINE_LIMIT).replace(ESCAPE_CODES, '').trim();
}
