import fc from 'fast-check';
import { canonicalJson, fingerprint } from './fingerprint.js';
import { parseConfig } from './formats/registry.js';
import { completeConfig, type LoraConfig } from './lora-config.js';

const CONFIG = completeConfig({
  modelName: 'm',
  modelPath: '/m.safetensors',
  loraRank: 8,
  loraAlpha: 16,
  learningRate: 1e-4,
  batchSize: 2,
  epochs: 10,
  seed: 42,
  trainDataDir: '/d',
  extraParams: { optimizer: 'adamw8bit', resolution: 512, min_snr_gamma: 5 },
});

describe('fingerprint', () => {
  it('is 64 hex digits', () => {
    expect(fingerprint(CONFIG)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, Partial<LoraConfig>]>([
    ['another place for the result', { outputPath: '/elsewhere' }],
    ['another name for the same base model', { modelName: 'the good one' }],
    [
      'names and trackers',
      { extraParams: { ...CONFIG.extraParams, output_name: 'x', run_name: 'y', log_with: 'wandb', training_comment: 'z', save_steps: 10 } },
    ],
    ['a null parameter', { extraParams: { ...CONFIG.extraParams, unset: null } }],
    ['another spelling', { extraParams: { optimizer: 'AdamW8bit', resolution: '512,512', min_snr_gamma: 5.0 } }],
    ['another order', { extraParams: { min_snr_gamma: 5, resolution: 512, optimizer: 'adamw8bit' } }],
    ['a note about the source file', { extraParams: { ...CONFIG.extraParams, $original: { kohya: { seed: '42' } } } }],
  ])('is the same for %s', (_what, change) => {
    expect(fingerprint({ ...CONFIG, ...change })).toBe(fingerprint(CONFIG));
  });

  it.each<[string, Partial<LoraConfig>]>([
    ['rank', { loraRank: 16 }],
    ['alpha', { loraAlpha: 8 }],
    ['learning rate', { learningRate: 2e-4 }],
    ['batch size', { batchSize: 4 }],
    ['epochs', { epochs: 11 }],
    ['steps', { maxSteps: 5 }],
    ['seed', { seed: 43 }],
    ['no seed', { seed: null }],
    ['data', { trainDataDir: '/e' }],
    ['captions', { metadataPath: '/c.csv' }],
    ['base model', { modelPath: '/n.safetensors' }],
    ['start', { resumeFrom: '/s', incremental: true }],
    ['a parameter', { extraParams: { ...CONFIG.extraParams, min_snr_gamma: 6 } }],
    ['one parameter more', { extraParams: { ...CONFIG.extraParams, clip_skip: 2 } }],
  ])('differs for another %s', (_what, change) => {
    expect(fingerprint({ ...CONFIG, ...change })).not.toBe(fingerprint(CONFIG));
  });

  it('tells a resumed state from adapter weights of the same path', () => {
    expect(fingerprint({ ...CONFIG, resumeFrom: '/s', incremental: true })).not.toBe(
      fingerprint({ ...CONFIG, resumeFrom: '/s', incremental: false }),
    );
  });

  it('does not mind whether parameters are nested or dotted, nor the order of modules', () => {
    const nested = { ...CONFIG, extraParams: { network_args: { factor: '8' }, target_modules: ['q', 'v'] } };
    const flat = { ...CONFIG, extraParams: { 'network_args.factor': '8', target_modules: ['v', 'q'] } };
    expect(fingerprint(nested)).toBe(fingerprint(flat));
  });

  it('is equal for one training that five people wrote for five trainers', () => {
    const files = [
      'base_model: /m/sdxl.safetensors\ntrain_data_dir: /d\nlora_rank: 16\nlora_alpha: 8\nlearning_rate: 1e-4\nbatch_size: 2\nmax_steps: 1000\nseed: 7\noptimizer: AdamW8bit\nlr_scheduler: cosine\nresolution: 1024\nwarmup_steps: 50\nmixed_precision: bf16\ngradient_accumulation_steps: 4\nname: a\n',
      '[a]\npretrained_model_name_or_path = "/m/sdxl.safetensors"\ntrain_data_dir = "/d"\nnetwork_module = "networks.lora"\nnetwork_dim = 16\nnetwork_alpha = 8.0\n[b]\nlearning_rate = 1e-4\ntrain_batch_size = 2\nmax_train_steps = 1000\nseed = 7\noptimizer_type = "bitsandbytes.optim.AdamW8bit"\nlr_scheduler = "cosine"\nresolution = "1024,1024"\nlr_warmup_steps = 50\nmixed_precision = "bf16"\ngradient_accumulation_steps = 4\noutput_name = "b"\n',
      JSON.stringify({
        LoRA_type: 'Standard',
        sdxl: true,
        pretrained_model_name_or_path: '/m/sdxl.safetensors',
        train_data_dir: '/d',
        network_dim: '16',
        network_alpha: 8,
        conv_dim: 1,
        learning_rate: '0.0001',
        train_batch_size: 2,
        max_train_steps: '1000',
        epoch: 1,
        seed: '7',
        optimizer: 'AdamW8bit',
        lr_scheduler: 'cosine',
        max_resolution: '1024,1024',
        lr_warmup: 0,
        lr_warmup_steps: 50,
        mixed_precision: 'bf16',
        gradient_accumulation_steps: 4,
        save_every_n_epochs: 1,
      }),
      'job: extension\nconfig:\n  name: d\n  process:\n    - type: sd_trainer\n      network: {type: lora, linear: 16, linear_alpha: 8}\n      datasets:\n        - {folder_path: /d, resolution: 1024}\n      training_seed: 7\n      train: {lr: 1e-4, batch_size: 2, steps: 1000, gradient_accumulation: 4, optimizer: adamw8bit, lr_scheduler: cosine, lr_scheduler_params: {num_warmup_steps: 50}, dtype: bf16}\n      model: {name_or_path: /m/sdxl.safetensors, is_xl: true}\n',
      JSON.stringify({
        modelName: 'SDXL',
        modelPath: '/m/sdxl.safetensors',
        trainDataDir: '/d',
        loraRank: 16,
        loraAlpha: 8,
        learningRate: 0.0001,
        batchSize: 2,
        maxSteps: 1000,
        seed: 7,
        extraParams: {
          optimizer: 'adamw8bit',
          lr_scheduler: 'cosine',
          resolution: 1024,
          warmup_steps: 50,
          mixed_precision: 'bf16',
          gradient_accumulation_steps: 4,
        },
      }),
    ];
    const parsed = files.map((file) => parseConfig(file));
    expect(parsed.map(({ format }) => format)).toEqual(['lora-scripts', 'sd-scripts', 'kohya', 'ai-toolkit', 'ledger']);
    expect(new Set(parsed.map(({ draft }) => fingerprint(completeConfig(draft as LoraConfig)))).size).toBe(1);
  });
});

it('canonicalJson gives one text for equal values', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.constant(null))), (object) => {
      const shuffled = Object.fromEntries(Object.entries(object).reverse());
      expect(canonicalJson(shuffled)).toBe(canonicalJson(object));
    }),
  );
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: 1 })).toBe('{"a":1,"b":[1,{"c":"x"}]}');
});
