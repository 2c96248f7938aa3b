/** What varies between two reports of one error. Order matters: the longer forms first, or their digits would be taken out of them. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s'"<>]+/gi, '<url>'],
  [/(?<![\w/])[A-Za-z]:\\[^\s'",;:]*/g, '<path>'],
  [/(?<![\w.<])(?:~|\.{1,2})?\/[^\s'",;:()<>]+/g, '<path>'],
  [/\b0x[0-9a-f]+\b/gi, '<hex>'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,}\b/gi, '<hex>'],
  [/[-+]?\b\d+(?:[.,]\d+)*(?:e[-+]?\d+)?(?=\b|[a-z%])/gi, '<n>'],
];

/** A Python exception line, or whatever calls itself an error: the line that says what happened. */
const TELLING = /^\s*(?:[A-Za-z_][\w.]*)?(?:Error|Exception|Interrupt|Warning|Exit|Killed)\b\s*(?::|$)|\berror:/i;
const LINES = 200;
const LENGTH = 300;

/**
 * What an error is once numbers, paths, addresses, times, hex and ids are taken out of it: errors with the same signature are the same
 * error. Of a traceback it is the last line that names an exception, else the last line with text.
 *
 * @param message error text or last log lines; only its last 200 lines are looked at
 * @returns at most 300 characters; empty for an empty message
 */
export function errorSignature(message: string): string {
  const lines = message
    .split('\n')
    .slice(-LINES)
    .map((line) => line.trim().slice(0, 2 * LENGTH))
    .filter((line) => line !== '');
  const line = lines.findLast((one) => TELLING.test(one)) ?? lines.at(-1) ?? '';
  return VARYING.reduce((text, [pattern, mark]) => text.replace(pattern, mark), line)
    .replace(/\s+/g, ' ')
    .slice(0, LENGTH);
}
