import { formatSyntax, parseConfig, serialiseConfig, type ConfigFormat, type FormatWarning } from '../../src/index.js';
import { flatten } from '../../src/formats/paths.js';
import type { JsonObject, JsonValue } from '../../src/json.js';
import { parseText, type Syntax } from '../../src/syntax/text.js';

/** A file read and written again in the same format, both as dotted keys, so that a test can say what became of each key. */
export function rewritten(
  text: string,
  syntax: Syntax,
  format: ConfigFormat,
): { before: JsonObject; after: JsonObject; warnings: FormatWarning[] } {
  const { draft } = parseConfig(text, { format });
  const written = serialiseConfig(draft, format);
  return { before: flat(text, syntax), after: flat(written.text, formatSyntax(format)), warnings: written.warnings };
}

/** A file as dotted keys, lists of objects included. */
export function flat(text: string, syntax: Syntax): JsonObject {
  return flatten(indexed(parseText(text, syntax, { yaml11: true }).root) as JsonObject);
}

/** Lists of objects become objects with the index as key, so that each of their keys can be compared. */
function indexed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    return items.some((item) => typeof item === 'object' && item !== null)
      ? Object.fromEntries(items.map((item, index) => [String(index), indexed(item)]))
      : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, indexed(child)]));
}
