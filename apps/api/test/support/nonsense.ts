import fc from 'fast-check';

/** Text that has broken other programs: SQL, markup, formulas, shells, paths, templates, odd numbers and dates. */
export const TEXTS = [
  `'; DROP TABLE train_task; --`,
  `" OR "1"="1`,
  `\\'; SELECT pg_sleep(9); --`,
  '%',
  '_%_\\',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  `=cmd|' /C calc'!A0`,
  '@SUM(1+1)',
  '$(id)',
  '`id`',
  '; rm -rf /',
  '--flag',
  '../../etc/passwd',
  '%2e%2e%2f',
  '{{7*7}}',
  '${7*7}',
  '\u202egnp.exe',
  'ẞ 漢字 🧨',
  'null',
  'undefined',
  'NaN',
  '-Infinity',
  '1e400',
  '0x10',
  '9'.repeat(40),
  '-1',
  '2025-99-99T99:99:99Z',
  '0000-00-00',
  '-infinity',
  '[]',
  '{}',
  '__proto__',
  'constructor',
  'x'.repeat(5000),
  ' ',
  '',
];
/** What cannot be kept: PostgreSQL has no NUL, half a surrogate pair is no character, and control characters break lists. */
export const BROKEN = ['a\0b', 'a\ud800b', 'line\u0007bell', '\u001b[31mred'];

export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  minimum?: number;
}

export interface OpenApiOperation {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, Schema> };
}

export interface Nonsense {
  ids: { value: string; isTaskToo: boolean };
  query: string;
  body: unknown;
}

const anyText = fc.constantFrom(...TEXTS, ...BROKEN);
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  anyText,
  fc.constantFrom<unknown>(
    0,
    -1,
    1e308,
    2 ** 53,
    1.5,
    true,
    null,
    [],
    {},
    [[[]]],
    { a: { b: {} } },
    [null],
    Array.from({ length: 1000 }, () => 'x'),
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Requests for an operation, as its own description has them, in which some things are right and others are not. */
export function nonsenseFor(operation: OpenApiOperation, document: OpenApiDocument): fc.Arbitrary<Nonsense> {
  const parameters = (operation.parameters ?? []).filter((one) => one.in === 'query');
  const pairs = parameters.map(({ name, schema }) =>
    fc
      .option(fc.oneof({ weight: 2, arbitrary: plausible(schema ?? {}, document, 0) }, { weight: 1, arbitrary: anyText }), {
        freq: 2,
        nil: undefined,
      })
      .map((value): [string, string][] => (value === undefined || value === null ? [] : [value].flat().map((one) => [name, asText(one)]))),
  );
  const schema = operation.requestBody?.content['application/json']?.schema;
  return fc.record({
    ids: fc.record({ value: fc.oneof(anyText, fc.constantFrom('1', '00000000-0000-4000-8000-000000000000')), isTaskToo: fc.boolean() }),
    query: fc.tuple(...pairs).map((groups) => new URLSearchParams(groups.flat()).toString()),
    body:
      schema === undefined
        ? fc.constant(undefined)
        : fc.oneof(
            { weight: 8, arbitrary: plausible(schema, document, 0) },
            { weight: 1, arbitrary: anyValue.filter((value) => typeof value === 'object') },
          ),
  });
}

/** Mostly of the type the schema says, now and then anything at all. */
function plausible(schema: Schema, document: OpenApiDocument, depth: number): fc.Arbitrary<unknown> {
  const { properties, items, type, format, enum: choices, allOf } = resolve(schema, document);
  if (allOf?.[0] !== undefined) return plausible(allOf[0], document, depth);
  if (properties !== undefined && depth < 4) {
    const fields = Object.entries(properties).map(([name, one]) => [name, mixed(plausible(one, document, depth + 1))] as const);
    return fc.record(Object.fromEntries(fields), { requiredKeys: depth === 0 ? fields.slice(0, 6).map(([name]) => name) : [] });
  }
  if (choices !== undefined && choices.length > 0) return fc.constantFrom(...choices);
  switch (type) {
    case 'integer':
      return fc.constantFrom(0, 1, 8, 1000, 2 ** 31);
    case 'number':
      return fc.constantFrom(0, 1e-4, 0.5, 10, 1e12);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(items === undefined ? anyValue : plausible(items, document, depth + 1), { maxLength: 3 });
    case 'object':
      return fc.dictionary(anyText, anyValue, { maxKeys: 3, noNullPrototype: true });
    default:
      return format === 'date-time'
        ? fc.constantFrom('2025-01-01T00:00:00Z', '2030-01-01', '+275760-09-13T00:00:00Z', '0001-01-01T00:00:00Z')
        : anyText;
  }
}

const mixed = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: right }, { weight: 1, arbitrary: anyValue });

function resolve(schema: Schema, document: OpenApiDocument): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
}

function asText(value: unknown): string {
  return typeof value === 'string' ? wellFormed(value) : JSON.stringify(value);
}

/** Half surrogate pairs cannot stand in an address. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
