import { CONFIG_FORMATS, formatSyntax, parseConfig, type JsonValue } from '../src/index.js';
import { put } from '../src/formats/paths.js';
import { FORMATS } from '../src/formats/registry.js';
import { writeText } from '../src/syntax/text.js';
import { IMAGE_MAPPINGS } from './support/image-mappings.js';
import { KOHYA_MAPPINGS } from './support/kohya-mappings.js';
import { LANGUAGE_MAPPINGS } from './support/language-mappings.js';
import type { Case, Flat, Mappings, TrainerFormat } from './support/mapping.js';

const TABLE: Mappings<TrainerFormat> = { ...KOHYA_MAPPINGS, ...IMAGE_MAPPINGS, ...LANGUAGE_MAPPINGS };

function fileOf(format: TrainerFormat, keys: Flat): string {
  const tree: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(keys)) put(tree, key, value);
  return writeText(FORMATS[format].close?.(tree) ?? tree, formatSyntax(format), () => undefined);
}

const cases = Object.entries(TABLE).flatMap(([format, rows]) =>
  rows.map((row) => [format as TrainerFormat, Object.keys(row[0]).join(', '), ...row] as const),
);

it.each(cases)('%s: %s', (format, _keys, keys, expected) => {
  const { draft } = parseConfig(fileOf(format, keys), { format });
  const said = Object.fromEntries(
    Object.keys(expected).map((name) => [
      name,
      name.startsWith('.') ? draft.extraParams?.[name.slice(1)] : draft[name as keyof typeof draft],
    ]),
  );
  expect(said).toEqual(expected);
});

it.each(CONFIG_FORMATS.filter((format) => format !== 'ledger'))(
  'every key that has a meaning in a %s file stands in this table',
  (format) => {
    const used = new Set(
      TABLE[format].flatMap(([keys]) =>
        Object.keys(keys).flatMap((key) => (key === 'network_args' || key === 'optimizer_args' ? argsOf(key, TABLE[format]) : [key])),
      ),
    );
    expect(FORMATS[format].rows.flatMap((row) => row.keys).filter((key) => !used.has(key))).toEqual([]);
  },
);

/** Lists of `key=value` are keys of their own. */
function argsOf(name: string, rows: readonly Case[]): string[] {
  return rows.flatMap(([keys]) => {
    const value = keys[name];
    const words = typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? (value as string[]) : [];
    return words.map((word) => `${name}.${word.split('=')[0] ?? ''}`);
  });
}
