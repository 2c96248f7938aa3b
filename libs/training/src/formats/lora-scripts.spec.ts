import { rewritten } from '../../test/support/kept.js';
import { completeConfig } from '../lora-config.js';
import { parseConfig, serialiseConfig } from './registry.js';

const FILE = `# A style in ten passes
task_type: text-to-image
base_model: ./models/v1-5-pruned.safetensors
train_data_dir: ./data/ink
metadata_path: ./data/ink/captions.csv
lora_rank: 8
lora_alpha: 16
batch_size: 4
epochs: 10
max_steps: 900
learning_rate: 2e-4
seed: 7
save_steps: 100
output_dir: ./output/ink
resume_from: ./output/older.safetensors
incremental: true
name: Ink, second try
optimizer: AdamW8bit
augment: {flip: true, crop: [0.9, 1]}
`;

describe('lora-scripts YAML', () => {
  it('fills every canonical field and keeps the rest as it stands', () => {
    expect(parseConfig(FILE)).toEqual({
      format: 'lora-scripts',
      confidence: expect.any(Number),
      draft: {
        name: 'Ink, second try',
        modelName: 'v1-5-pruned',
        modelPath: './models/v1-5-pruned.safetensors',
        trainDataDir: './data/ink',
        metadataPath: './data/ink/captions.csv',
        loraRank: 8,
        loraAlpha: 16,
        batchSize: 4,
        epochs: 10,
        maxSteps: 900,
        learningRate: 0.0002,
        seed: 7,
        outputPath: './output/ink',
        resumeFrom: './output/older.safetensors',
        incremental: true,
        extraParams: { task_type: 'text-to-image', save_steps: 100, optimizer: 'AdamW8bit', augment: { flip: true, crop: [0.9, 1] } },
      },
      unmapped: ['task_type', 'augment'],
      warnings: [],
    });
  });

  it('writes every key back', () => {
    const { before, after, warnings } = rewritten(FILE, 'yaml', 'lora-scripts');
    expect(after).toEqual(before);
    expect(warnings).toEqual([]);
  });

  it('is recognised with some confidence', () => {
    expect(parseConfig(FILE).confidence).toBeGreaterThan(0.7);
  });

  it.each([
    ['learning_rate: "2e-4"', { learningRate: 2e-4 }],
    ['lora_rank: "16"', { loraRank: 16 }],
    ['resume_from: x\nincremental: false', { resumeFrom: 'x', incremental: false }],
    ['base_model: gpt2', { modelName: 'gpt2', modelPath: 'gpt2' }],
    ['base_model: black-forest-labs/FLUX.1-dev', { modelName: 'black-forest-labs/FLUX.1-dev' }],
    ['base_model: C:\\models\\sd_xl.v2.ckpt', { modelName: 'sd_xl.v2' }],
    ['base_model: /models/llama/', { modelName: 'llama' }],
  ])('reads %j', (line, fields) => {
    expect(parseConfig(line, { format: 'lora-scripts' }).draft).toMatchObject(fields);
  });

  it('leaves out what is missing and says so, with no default of its own', () => {
    const { draft, warnings } = parseConfig('base_model: x\nlora_rank: 4', { format: 'lora-scripts' });
    expect(draft).toEqual({ modelName: 'x', modelPath: 'x', loraRank: 4, extraParams: {} });
    expect(warnings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'MISSING_FIELD learningRate',
      'MISSING_FIELD batchSize',
      'MISSING_FIELD trainDataDir',
      'MISSING_FIELD epochs',
    ]);
  });

  it('keeps a value that makes no sense and says so', () => {
    const { draft, warnings } = parseConfig('base_model: x\nlora_rank: many', { format: 'lora-scripts' });
    expect(draft.loraRank).toBeUndefined();
    expect(draft.extraParams).toEqual({ $original: { 'lora-scripts': { lora_rank: 'many' } } });
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'NOT_UNDERSTOOD', path: 'lora_rank' }));
  });

  it('lets a canonical field win over an extra parameter of the same key, and says so', () => {
    const config = completeConfig({
      modelName: 'x',
      loraRank: 8,
      learningRate: 1e-4,
      batchSize: 1,
      epochs: 1,
      trainDataDir: 'd',
      extraParams: { lora_rank: 64 },
    });
    const { text, warnings } = serialiseConfig(config, 'lora-scripts');
    expect(text).toContain('lora_rank: 8');
    expect(warnings).toEqual([expect.objectContaining({ code: 'OVERRIDDEN', path: 'lora_rank' })]);
  });
});
