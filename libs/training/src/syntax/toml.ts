import { parse, stringify, TomlDate, TomlError } from 'smol-toml';
import { ConfigFormatError } from '../config-format-error.js';
import type { JsonValue } from '../json.js';
import { Budget, checkCharacters, exactNumber, isForbiddenKey, MAX_DEPTH, type ParsedText, type SyntaxNote } from './limits.js';

/** TOML 1.0. Throws ConfigFormatError INVALID (with the place) or TOO_LARGE. Dates become their ISO text, with a note. */
export function parseToml(text: string): ParsedText {
  const notes: SyntaxNote[] = [];
  const budget = new Budget();

  const convert = (value: unknown, path: string, depth: number): JsonValue => {
    budget.spend(depth);
    if (typeof value === 'number' || typeof value === 'bigint') return exactNumber(value, String(value), path, notes);
    if (typeof value === 'string') checkCharacters(value);
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (value instanceof TomlDate) {
      notes.push({ code: 'DATE_AS_TEXT', path, message: `${path} is a date; it is kept as text` });
      return value.toISOString();
    }
    if (Array.isArray(value)) return value.map((item, index) => convert(item, `${path}[${index}]`, depth + 1));
    const object: Record<string, JsonValue> = {};
    for (const key of Object.keys(value as object)) {
      checkCharacters(key);
      if (isForbiddenKey(key)) throw new ConfigFormatError('fileKeyForbidden', `the key "${key}" is not allowed`, { key });
      object[key] = convert((value as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`, depth + 1);
    }
    return object;
  };

  try {
    return { root: convert(parse(text, { integersAsBigInt: 'asNeeded', maxDepth: MAX_DEPTH }), '', 0) as Record<string, JsonValue>, notes };
  } catch (error) {
    if (error instanceof ConfigFormatError) throw error;
    if (!(error instanceof TomlError)) throw new ConfigFormatError('fileNoToml', 'not valid TOML');
    const { message, line, column } = error;
    throw new ConfigFormatError('fileNoToml', `not valid TOML: ${firstLine(message)}`, { line, column });
  }
}

/** The library appends an excerpt of the file, which may hold a secret. */
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '');
}

/**
 * TOML has no null: a member that is null is left out, which every trainer reads as "not given".
 * `omitted` is told the path of a null inside a list, where leaving it out would move its neighbours.
 */
export function writeToml(root: Readonly<Record<string, JsonValue>>, omitted: (path: string) => void): string {
  const clean = (value: JsonValue, path: string): JsonValue => {
    if (Array.isArray(value)) {
      return value.flatMap((item: JsonValue, index) => {
        if (item !== null) return [clean(item, `${path}[${index}]`)];
        omitted(`${path}[${index}]`);
        return [];
      });
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, child]) => child !== null)
        .map(([key, child]) => [key, clean(child, path === '' ? key : `${path}.${key}`)]),
    );
  };
  const text = stringify(clean(root, ''));
  return text.endsWith('\n') || text === '' ? text : `${text}\n`;
}
