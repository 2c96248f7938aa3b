import { checkConfig, checkField } from './check-config.js';
import { EXTRA_PARAMS_LIMITS } from './lora-config.js';

const good = { modelName: 'sdxl', loraRank: 16, learningRate: 1e-4, batchSize: 2, epochs: 3, trainDataDir: './data' };

function rulesOf(change: Record<string, unknown>): string[] {
  return checkConfig({ ...good, ...change }).map(({ path, rule }) => `${path}: ${rule}`);
}

describe('checkConfig', () => {
  it('finds nothing wrong with the least a training needs', () => {
    expect(checkConfig(good)).toEqual([]);
  });

  it('names every missing field at once', () => {
    expect(checkConfig({}).map(({ path }) => path)).toEqual([
      'modelName',
      'loraRank',
      'learningRate',
      'batchSize',
      'trainDataDir',
      'epochs',
    ]);
  });

  it.each([
    [{ loraRank: 0 }, 'loraRank: min'],
    [{ loraRank: 4097 }, 'loraRank: max'],
    [{ loraRank: 8.5 }, 'loraRank: integer'],
    [{ loraRank: '8' }, 'loraRank: type'],
    [{ loraRank: '' }, 'loraRank: required'],
    [{ loraRank: Number.NaN }, 'loraRank: type'],
    [{ loraAlpha: 0 }, 'loraAlpha: minExclusive'],
    [{ learningRate: 0 }, 'learningRate: minExclusive'],
    [{ learningRate: Number.POSITIVE_INFINITY }, 'learningRate: type'],
    [{ batchSize: -1 }, 'batchSize: min'],
    [{ maxSteps: 1.5 }, 'maxSteps: integer'],
    [{ epochs: '' }, 'epochs: type'],
    [{ seed: -1 }, 'seed: min'],
    [{ seed: 2 ** 53 }, 'seed: max'],
    [{ modelName: ' ' }, 'modelName: required'],
    [{ modelName: 'x'.repeat(301) }, 'modelName: tooLong'],
    [{ modelName: ['x'] }, 'modelName: type'],
    [{ trainDataDir: 'a\u0000b' }, 'trainDataDir: controlCharacters'],
    [{ outputPath: 'a\u2028b' }, 'outputPath: controlCharacters'],
    [{ metadataPath: '../secrets.csv' }, 'metadataPath: parentPath'],
    [{ modelPath: 'models\\..\\x' }, 'modelPath: parentPath'],
    [{ incremental: 'yes' }, 'incremental: type'],
    [{ incremental: true }, 'resumeFrom: resumeMissing'],
    [{ incremental: true, resumeFrom: '' }, 'resumeFrom: resumeMissing'],
    [{ epochs: null }, 'epochs: epochsOrSteps'],
    [{ extraParams: [] }, 'extraParams: type'],
    [{ extraParams: 'x' }, 'extraParams: type'],
    [{ extraParams: { '': 1 } }, 'extraParams: badKey'],
    [{ extraParams: { 'a\nb': 1 } }, 'extraParams: badKey'],
    [{ extraParams: { ['k'.repeat(201)]: 1 } }, 'extraParams: badKey'],
    [{ extraParams: JSON.parse('{"a": {"__proto__": {"polluted": true}}}') as object }, 'extraParams.a.__proto__: forbiddenKey'],
    [{ extraParams: { constructor: 1 } }, 'extraParams.constructor: forbiddenKey'],
    [{ extraParams: { a: ['x\0'] } }, 'extraParams.a.0: controlCharacters'],
    [{ extraParams: { a: { 'b\ud800': 1 } } }, 'extraParams.a.b\ud800: controlCharacters'],
    [{ extraParams: { 'a\udfff': 1 } }, 'extraParams: badKey'],
    [{ modelName: 'm\ud83d' }, 'modelName: controlCharacters'],
    [{ extraParams: { hf_token: 'abc' } }, 'extraParams.hf_token: secret'],
    [{ extraParams: { nested: { wandb_api_key: 'abc' } } }, 'extraParams.nested.wandb_api_key: secret'],
    [{ extraParams: { network_args: ['api_key=abc'] } }, 'extraParams.network_args.0: secret'],
  ])('refuses %j', (change, expected) => {
    expect(rulesOf(change)).toContain(expected);
  });

  it.each([
    { loraAlpha: 0.5 },
    { epochs: 0.1 },
    { epochs: null, maxSteps: 10 },
    { seed: 0 },
    { modelPath: null },
    { modelPath: '' },
    { trainDataDir: 'a..b/..c' },
    { resumeFrom: 'a', incremental: false },
    { extraParams: { a: { b: [1, 'x', null, true] } } },
    { extraParams: { special_tokens: { pad_token: '<pad>' } } },
    { extraParams: { 'special_tokens.pad_token': '<pad>' } },
  ])('accepts %j', (change) => {
    expect(rulesOf(change)).toEqual([]);
  });

  it('bounds the extra parameters in number, depth and size', () => {
    const many = Object.fromEntries(Array.from({ length: EXTRA_PARAMS_LIMITS.keys + 1 }, (_, index) => [`k${index}`, 1]));
    let deep: unknown = 1;
    for (let level = 0; level < EXTRA_PARAMS_LIMITS.depth + 1; level += 1) deep = { deep };
    expect(rulesOf({ extraParams: many })).toEqual(['extraParams: tooManyKeys']);
    expect(rulesOf({ extraParams: deep })).toEqual(['extraParams: tooDeep']);
    expect(rulesOf({ extraParams: { long: 'x'.repeat(EXTRA_PARAMS_LIMITS.bytes) } })).toEqual(['extraParams: tooLarge']);
  });

  it('tells the bound that was passed over, for the sentence in another language', () => {
    expect(checkField('loraRank', 5000)).toEqual([
      { path: 'loraRank', rule: 'max', limit: 4096, message: 'loraRank must be at most 4096' },
    ]);
  });
});
