/** A spreadsheet takes a cell that begins like this for a formula and runs it. */
const FORMULA = /^[=+\-@\t\r\n]/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * One line of CSV (RFC 4180) with its line break. Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers.
 * @param cells objects and lists are written as JSON, `null` and `undefined` as nothing
 */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: unknown): string {
  // A program that splits at semicolons or tabs sees cells and lines inside of what is one cell here, quoted or not.
  const parts = textOf(value)
    .split(/([;\t\r\n])/)
    .map((part, index) => (index % 2 === 0 ? disarmed(part) : part));
  const safe = disarmed(parts.join(''));
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function disarmed(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}
