import { ConfigFormatError } from '../config-format-error.js';
import type { JsonValue } from '../json.js';
import { isStorable } from '../values.js';

/** Longest configuration text, in UTF-16 units: real files stay below 100 kB. */
export const MAX_TEXT_LENGTH = 1024 * 1024;
/** Deepest nesting of a configuration file: real files stay below 10. */
export const MAX_DEPTH = 32;
/** Most values a file may hold after its aliases are followed: an alias bomb ends here. Real files stay below 1000. */
export const MAX_VALUES = 50_000;

/** What a parser changed because JSON cannot carry it. */
export interface SyntaxNote {
  code: 'NUMBER_AS_TEXT' | 'DATE_AS_TEXT' | 'KEY_AS_TEXT';
  path: string;
  message: string;
}

/** One parsed file: its root object and what had to be changed on the way. */
export interface ParsedText {
  root: Record<string, JsonValue>;
  notes: SyntaxNote[];
}

/** Keys that reach an object's prototype somewhere down the line. No trainer has such a parameter. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export function isForbiddenKey(key: string): boolean {
  return FORBIDDEN_KEYS.has(key);
}

/** Adds one member to an object under construction; throws INVALID for a key given twice or one that is refused. */
export function addMember(target: Record<string, JsonValue>, key: string, value: JsonValue, line?: number, column?: number): void {
  checkCharacters(key, line, column);
  if (isForbiddenKey(key)) throw new ConfigFormatError('fileKeyForbidden', `the key "${key}" is not allowed`, { key, line, column });
  if (Object.hasOwn(target, key)) {
    const shown = key.slice(0, 80);
    throw new ConfigFormatError('fileKeyTwice', `the key ${JSON.stringify(shown)} is given twice`, { key: shown, line, column });
  }
  target[key] = value;
}

export function checkCharacters(text: string, line?: number, column?: number): void {
  if (!isStorable(text))
    throw new ConfigFormatError('fileCharacters', 'a text holds a NUL character or half a character', { line, column });
}

/** Counts values and levels while a tree is built, and refuses the one too many. */
export class Budget {
  private values = 0;

  spend(depth: number, line?: number, column?: number): void {
    if (depth > MAX_DEPTH) throw tooDeep(line, column);
    if (++this.values > MAX_VALUES) throw tooManyValues(line, column);
  }
}

export function tooDeep(line?: number, column?: number): ConfigFormatError {
  return new ConfigFormatError('fileTooDeep', `nested deeper than ${MAX_DEPTH} levels`, { limit: MAX_DEPTH, line, column });
}

export function tooManyValues(line?: number, column?: number): ConfigFormatError {
  return new ConfigFormatError('fileTooManyValues', `more than ${MAX_VALUES} values`, { limit: MAX_VALUES, line, column });
}

/** 1-based line and column of an offset. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line += 1;
  return { line, column: offset - lineStart + 1 };
}

/** A number as JSON can carry it without loss; everything else stays the text it was, with a note. */
export function exactNumber(value: number | bigint, source: string, path: string, notes: SyntaxNote[]): JsonValue {
  const number = Number(value);
  const exact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number) || /[.eE]/.test(source));
  if (exact) return number === 0 ? 0 : number;
  notes.push({ code: 'NUMBER_AS_TEXT', path, message: `${path} is no number that can be kept exactly; it is kept as text` });
  return source;
}
