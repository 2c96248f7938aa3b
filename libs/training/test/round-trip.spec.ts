import fc from 'fast-check';
import {
  completeConfig,
  CONFIG_FORMATS,
  fingerprint,
  formatSyntax,
  parseConfig,
  serialiseConfig,
  type ConfigFormat,
  type JsonValue,
  type LoraConfig,
} from '../src/index.js';
import { put } from '../src/formats/paths.js';
import { FORMATS } from '../src/formats/registry.js';
import { writeText } from '../src/syntax/text.js';
import { flat } from './support/kept.js';
import { CAPABILITIES, common, configOf } from './support/expressible.js';

const formats = Object.keys(CAPABILITIES) as (keyof typeof CAPABILITIES)[];

function through(config: LoraConfig, format: ConfigFormat): LoraConfig {
  return completeConfig(parseConfig(serialiseConfig(config, format).text, { format }).draft as LoraConfig);
}

describe.each(formats)('a config written as %s and read again', (format) => {
  it('is the same config, without a warning, for everything the format can say', () => {
    fc.assert(
      fc.property(configOf(CAPABILITIES[format]), (config) => {
        const { text, warnings } = serialiseConfig(config, format);
        expect(warnings).toEqual([]);
        const parsed = parseConfig(text, { format });
        expect(completeConfig(parsed.draft as LoraConfig)).toEqual(config);
        expect(parsed.warnings.filter(({ code }) => !['TRAINER_DEFAULT', 'DATA_ELSEWHERE'].includes(code))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is recognised without being told', () => {
    fc.assert(
      fc.property(configOf({ ...CAPABILITIES[format], own: undefined }), (config) => {
        expect(parseConfig(serialiseConfig(config, format).text).format).toBe(format);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the fingerprint of one training', () => {
  const pairs = formats
    .flatMap((a, index) => formats.slice(index + 1).map((b) => [a, b] as const))
    .filter(([a, b]) => {
      const both = common(CAPABILITIES[a], CAPABILITIES[b]);
      return both.epochs !== 'none' || both.steps;
    });

  it.each(pairs)('is equal written as %s and as %s', (a, b) => {
    fc.assert(
      fc.property(configOf(common(CAPABILITIES[a], CAPABILITIES[b])), (config) => {
        expect(fingerprint(through(config, a))).toBe(fingerprint(config));
        expect(fingerprint(through(config, b))).toBe(fingerprint(config));
        // Through one trainer's file into the other's, as an import and an export do.
        expect(fingerprint(through(through(config, a), b))).toBe(fingerprint(config));
      }),
      { numRuns: 6 },
    );
  });

  it('has only one pair of formats that share no measure of length', () => {
    expect(pairs).toHaveLength((formats.length * (formats.length - 1)) / 2 - 1);
    expect(pairs).not.toContainEqual(['ai-toolkit', 'onetrainer']);
  });
});

/** Any file made of the keys a trainer knows, with values it may never have meant. */
function fileOf(format: ConfigFormat): fc.Arbitrary<Record<string, JsonValue>> {
  const value: fc.Arbitrary<JsonValue> = fc.oneof(
    fc.integer({ min: -5, max: 3000 }),
    fc.double({ min: -1, max: 10, noNaN: true }).map((x) => x + 0),
    fc.boolean(),
    fc.constantFrom<JsonValue>(
      '',
      '0',
      '1e-4',
      '5%',
      'none',
      'AdamW8bit',
      'ADAMW_8BIT',
      'all',
      '512,768',
      '768x512',
      'bf16',
      'FLOAT_16',
      'a,b',
      'x.y',
      'EPOCH',
      'STABLE_DIFFUSION_XL_10_BASE',
      'Standard',
      'lycoris.kohya',
      'sdxl-lora',
      'a=1 b=2',
      'LORA',
    ),
    fc.array(fc.constantFrom<JsonValue>('a=1', 'conv_dim=4', 'word', 5, 'q_proj'), { maxLength: 3 }),
    ...(formatSyntax(format) === 'toml' ? [] : [fc.constant(null)]),
  );
  const keys = [...new Set([...FORMATS[format].rows.flatMap((row) => row.keys), 'x_own', 'x_other'])].filter(
    (key) => format !== 'sd-scripts' || !key.includes('.'),
  );
  return fc.dictionary(fc.constantFrom(...keys), value, { minKeys: 1, maxKeys: 20 }).map((flat) => {
    const tree: Record<string, JsonValue> = {};
    // A missing or senseless alpha (for some trainers 0 is one) is the one value that is replaced by what the trainer would take.
    for (const [key, member] of Object.entries(flat))
      put(tree, key, /alpha$/.test(key) && (typeof member !== 'number' || member === 0) ? 4 : member);
    return FORMATS[format].close?.(tree) ?? tree;
  });
}

describe.each(CONFIG_FORMATS.filter((format) => format !== 'ledger'))('a %s file', (format) => {
  it('keeps every key and value when it is read and written again, whatever the values', () => {
    fc.assert(
      fc.property(fileOf(format), (tree) => {
        const syntax = formatSyntax(format);
        const text = writeText(tree, syntax, () => undefined);
        const again = serialiseConfig(parseConfig(text, { format }).draft, format).text;
        const [before, after] = [text, again].map((file) => flat(file, syntax));
        for (const [key, value] of Object.entries(before!)) expect([key, unordered(after![key])]).toEqual([key, unordered(value)]);
      }),
      { numRuns: 150 },
    );
  });
});

/** The trainer reads lists of `key=value` in any order. */
function unordered(value: JsonValue | undefined): unknown {
  if (typeof value === 'string') return value.split(/\s+/).sort();
  return Array.isArray(value) && value.every((word) => typeof word === 'string' && word.includes('='))
    ? [...(value as string[])].sort()
    : value;
}
