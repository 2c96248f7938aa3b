import { readSource, syntaxOf, writeSource } from './source-codec.js';
import { patchSource } from './patch-source.js';

const REQUEST = {
  modelPath: './m.safetensors',
  modelName: 'm',
  loraRank: 8,
  loraAlpha: 4,
  learningRate: 1e-4,
  batchSize: 1,
  epochs: 10,
  trainDataDir: './data',
};
const yaml = (request: object) => writeSource({ ...request }, 'lora-scripts', null).text;
const toml = (request: object) => writeSource({ ...request }, 'sd-scripts', null).text;

describe('a change of the form in a text somebody has written', () => {
  const mine =
    '# the good one\nlearning_rate: 0.0001   # do not touch\nlora_rank: 8 # small\nlora_alpha: 4\n\nbase_model: "./m.safetensors"\nbatch_size: 1\nepochs: 10\ntrain_data_dir: ./data\n';

  it('changes the line it is about and keeps comments and order', () => {
    expect(patchSource(mine, yaml(REQUEST), yaml({ ...REQUEST, loraRank: 16 }))).toBe(mine.replace('lora_rank: 8 #', 'lora_rank: 16 #'));
  });
  it('puts a new line below the one it follows, and takes one away', () => {
    const withSeed = patchSource(mine, yaml(REQUEST), yaml({ ...REQUEST, extraParams: { save_steps: 100 } }))!;
    expect(withSeed).toContain('# do not touch');
    expect(readSource(withSeed, 'lora-scripts').parsed?.draft.extraParams).toEqual({ save_steps: 100 });
    expect(patchSource(withSeed, yaml({ ...REQUEST, extraParams: { save_steps: 100 } }), yaml(REQUEST))).toBe(mine);
  });
  it('works in TOML, whatever its sections', () => {
    const text =
      '[model]\npretrained_model_name_or_path = "./m.safetensors"\n[net]\nnetwork_dim = 8 # rank\nnetwork_alpha = 4\nlearning_rate = 1e-4\n';
    expect(patchSource(text, toml(REQUEST), toml({ ...REQUEST, loraRank: 32 }))).toBe(text.replace('network_dim = 8', 'network_dim = 32'));
  });
  it('is not attempted where its place cannot be found', () => {
    expect(patchSource('lora_rank: 8\nnet:\n  lora_rank: 9\n', yaml(REQUEST), yaml({ ...REQUEST, loraRank: 16 }))).toBeNull();
  });
});

it.each([
  ['kohya', '{"a": 1}', 'json'],
  ['ai-toolkit', '{"job": 1}', 'json'],
  ['ai-toolkit', 'job: x', 'yaml'],
  ['sd-scripts', 'a = 1', 'toml'],
  ['ledger', '', 'json'],
] as const)('a text of %s that begins with %j is coloured as %s', (format, text, syntax) => {
  expect(syntaxOf(format, text)).toBe(syntax);
});
