/**
 * Rules for what people say about a task, that a form can check while somebody types and the server checks again. Free of decorators,
 * so that a page may load them: `@lora-ledger/contracts/task-words`.
 */

/** Characters, and for tags also how many. */
export const NAME_MAX = 200;
export const DESCRIPTION_MAX = 10_000;
export const NOTE_MAX = 2000;
export const TAGS = { max: 50, itemMax: 60 };

/** Text on one line: what a name, a path or a tag may hold. Control characters would break logs, lists and file names. */
export const ONE_LINE = /^[^\u0000-\u001f\u007f\u0085\u2028\u2029]*$/;
/** Notes may have line breaks and tabs, nothing else below a space. */
export const MANY_LINES = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/;

const SURROGATE_ALONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

export interface WordsComplaint {
  rule: 'tooLong' | 'oneLine' | 'badCharacters' | 'tagTooLong' | 'tooMany';
  limit?: number;
}

/** Half of a character that needs two UTF-16 units, without its other half, can be stored by no encoding of Unicode. */
export function isWellFormed(text: string): boolean {
  return !SURROGATE_ALONE.test(text);
}

/** Why a name is refused; `null` when it is not. An empty one is nobody's fault here: a new task may do without. */
export function nameComplaint(name: string): WordsComplaint | null {
  if (name.length > NAME_MAX) return { rule: 'tooLong', limit: NAME_MAX };
  return isOneLine(name) ? null : { rule: 'oneLine' };
}

export function descriptionComplaint(description: string): WordsComplaint | null {
  return linesComplaint(description, DESCRIPTION_MAX);
}

export function noteComplaint(note: string): WordsComplaint | null {
  return linesComplaint(note, NOTE_MAX);
}

export function tagsComplaint(tags: readonly string[]): WordsComplaint | null {
  if (tags.length > TAGS.max) return { rule: 'tooMany', limit: TAGS.max };
  if (tags.some((tag) => tag.length > TAGS.itemMax)) return { rule: 'tagTooLong', limit: TAGS.itemMax };
  return tags.every(isOneLine) ? null : { rule: 'oneLine' };
}

function linesComplaint(text: string, max: number): WordsComplaint | null {
  if (text.length > max) return { rule: 'tooLong', limit: max };
  return MANY_LINES.test(text) && isWellFormed(text) ? null : { rule: 'badCharacters' };
}

function isOneLine(text: string): boolean {
  return ONE_LINE.test(text) && isWellFormed(text);
}
