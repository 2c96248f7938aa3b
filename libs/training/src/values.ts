import { isJsonObject, type JsonValue } from './json.js';

/*
 * Single values as configuration files spell them: numbers and switches may be text. Each function answers `undefined` for what makes no sense.
 */

/** An entry of a table by a stranger's word, which may be `constructor`. */
export function lookUp<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** NUL and half a surrogate pair: no UTF-8 file and no database can hold them, but an escape (`\\u0000`) can smuggle them in. */
export function isStorable(text: string): boolean {
  return !/[\0\ud800-\udfff]/u.test(text);
}

/** The same value with a replacement sign for everything that could not be stored. For strangers' metadata, where refusing would help nobody. */
export function storable<T>(value: T): T {
  return replaced(value) as T;
}

function replaced(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(replaced);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [storableText(key), replaced(child)]));
}

function storableText(text: string): string {
  return isStorable(text) ? text : text.replace(/[\0\ud800-\udfff]/gu, '\ufffd');
}

export function number(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(value)) return undefined;
  const parsed = Number(value.replaceAll('_', ''));
  return Number.isFinite(parsed) && !(Number.isInteger(parsed) && !Number.isSafeInteger(parsed)) ? parsed : undefined;
}

export function boolean(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === 0) return value === 1;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return ['true', 'yes', 'on', '1'].includes(word) ? true : ['false', 'no', 'off', '0'].includes(word) ? false : undefined;
}

export function text(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** One size: a number or text of one or two numbers, `w,h` or `wxh`. */
export function size(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value > 0 ? value : undefined;
  const match = typeof value === 'string' ? /^\s*[([]?\s*(\d{1,6})\s*(?:[,x×]\s*(\d{1,6}))?\s*[)\]]?\s*$/i.exec(value) : null;
  if (!match) return undefined;
  const [width, height] = [Number(match[1]), Number(match[2] ?? match[1])];
  return width === height ? width : `${width}x${height}`;
}

/** Percent to a fraction and back, rounded to 12 digits so that both ways together change nothing: 7 / 100 is not quite 0.07. */
export function fractionOf(percent: number): number {
  return Number((percent / 100).toPrecision(12));
}

export function percentOf(fraction: number): number {
  return Number((fraction * 100).toPrecision(12));
}
