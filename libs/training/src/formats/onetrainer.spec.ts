import { rewritten } from '../../test/support/kept.js';
import { completeConfig } from '../lora-config.js';
import { parseConfig, serialiseConfig } from './registry.js';

const FILE = {
  __version: 11,
  training_method: 'LORA',
  model_type: 'STABLE_DIFFUSION_XL_10_BASE',
  base_model_name: 'stabilityai/stable-diffusion-xl-base-1.0',
  workspace_dir: 'w',
  concept_file_name: 'training_concepts/concepts.json',
  concepts: [
    { name: 'ink', path: '/data/ink', seed: -1538, balancing: 2, text: { prompt_source: 'concept', prompt_path: '/data/ink.txt' } },
    { path: '/data/b' },
  ],
  peft_type: 'LOHA',
  lora_model_name: '/l/old.safetensors',
  lora_rank: 16,
  lora_alpha: 8,
  lora_decompose: true,
  lora_weight_dtype: 'FLOAT_32',
  dropout_probability: 0.1,
  learning_rate: 0.0001,
  learning_rate_scheduler: 'COSINE_WITH_RESTARTS',
  learning_rate_warmup_steps: 0.1,
  learning_rate_cycles: 2,
  epochs: 20,
  batch_size: 4,
  gradient_accumulation_steps: 2,
  unet: { train: true, learning_rate: 0.0002, weight_dtype: 'FLOAT_16' },
  transformer: { train: true, learning_rate: null },
  text_encoder: { train: false, learning_rate: 0.00001 },
  text_encoder_2: { train: false, learning_rate: 0.00002 },
  optimizer: { optimizer: 'ADAMW_8BIT', weight_decay: 0.01, beta1: 0.9 },
  clip_grad_norm: 1,
  train_dtype: 'BFLOAT_16',
  output_dtype: 'FLOAT_16',
  resolution: '512,768',
  output_model_destination: 'models/ink.safetensors',
  save_every: 2,
  save_every_unit: 'EPOCH',
  layer_filter: '',
  samples: null,
};

describe('OneTrainer JSON', () => {
  it('gives every row of the mapping table its meaning', () => {
    const { draft, format, warnings } = parseConfig(JSON.stringify(FILE));
    const { $original: _spelling, ...extraParams } = draft.extraParams ?? {};
    expect(format).toBe('onetrainer');
    expect(warnings).toEqual([]);
    expect({ ...draft, extraParams }).toEqual({
      name: 'ink',
      modelPath: 'stabilityai/stable-diffusion-xl-base-1.0',
      modelName: 'stabilityai/stable-diffusion-xl-base-1.0',
      loraRank: 16,
      loraAlpha: 8,
      learningRate: 0.0001,
      batchSize: 4,
      epochs: 20,
      trainDataDir: '/data/ink',
      metadataPath: '/data/ink.txt',
      outputPath: 'models',
      resumeFrom: '/l/old.safetensors',
      incremental: true,
      extraParams: {
        model_family: 'sdxl',
        network_type: 'loha',
        use_dora: true,
        network_dropout: 0.1,
        unet_lr: 0.0002,
        train_unet: true,
        train_text_encoder: false,
        text_encoder_lr: [0.00001, 0.00002],
        gradient_accumulation_steps: 2,
        optimizer: 'adamw8bit',
        weight_decay: 0.01,
        max_grad_norm: 1,
        lr_scheduler: 'cosine_with_restarts',
        lr_scheduler_num_cycles: 2,
        warmup_ratio: 0.1,
        resolution: [512, 768],
        mixed_precision: 'bf16',
        save_precision: 'fp16',
        num_repeats: 2,
        save_every_n_epochs: 2,
        workspace_dir: 'w',
        concepts: [{ name: 'ink', seed: -1538, text: { prompt_source: 'concept' } }, { path: '/data/b' }],
        lora_weight_dtype: 'FLOAT_32',
        'unet.weight_dtype': 'FLOAT_16',
        'text_encoder_2.train': false,
        'optimizer.beta1': 0.9,
        layer_filter: '',
        samples: null,
      },
    });
  });

  it('writes every key and value back', () => {
    const { before, after, warnings } = rewritten(JSON.stringify(FILE), 'json', 'onetrainer');
    expect(after).toEqual(before);
    expect(warnings).toEqual([]);
  });

  it.each([
    [
      { model_type: 'FLUX_DEV_1', transformer: { learning_rate: 1e-4 }, unet: { learning_rate: 5 } },
      {},
      { model_family: 'flux', unet_lr: 1e-4 },
    ],
    [{ resolution: '512' }, {}, { resolution: 512 }],
    [{ resolution: '768x512' }, {}, { resolution: '768x512' }],
    [{ learning_rate_warmup_steps: 200 }, {}, { warmup_steps: 200 }],
    [{ learning_rate_warmup_steps: 0 }, {}, { warmup_steps: 0 }],
    [{ text_encoder: { learning_rate: 1e-5 } }, {}, { text_encoder_lr: 1e-5 }],
    [{ concept_file_name: 'c.json' }, { trainDataDir: 'c.json' }, { dataset_config: 'c.json' }],
    [{ save_every: 100, save_every_unit: 'STEP' }, {}, { save_steps: 100 }],
    [{ save_every: 0, save_every_unit: 'NEVER' }, {}, {}],
    [{ gradient_checkpointing: 'CPU_OFFLOADED' }, {}, { gradient_checkpointing: true }],
    [{ optimizer: { optimizer: 'PRODIGY' } }, {}, { optimizer: 'prodigy' }],
    [{ __version: 9, training_method: 'FINE_TUNE' }, {}, { __version: 9, training_method: 'FINE_TUNE' }],
  ])('reads %j and writes it back', (keys, fields, extra) => {
    const text = JSON.stringify({ base_model_name: 'm', ...keys });
    const { draft } = parseConfig(text, { format: 'onetrainer' });
    expect(draft).toMatchObject(fields);
    expect(draft.extraParams).toMatchObject(extra);
    const { before, after } = rewritten(text, 'json', 'onetrainer');
    expect(after).toMatchObject(before);
  });

  it('writes no word its trainer would stop at', () => {
    const extraParams = { network_type: 'dylora', lr_scheduler: 'constant_with_warmup', mixed_precision: 'auto' };
    const { text, warnings } = serialiseConfig({ extraParams }, 'onetrainer');
    expect(JSON.parse(text)).toEqual({ __version: 11, training_method: 'LORA' });
    expect(warnings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'NOT_EXPRESSED network_type',
      'NOT_EXPRESSED lr_scheduler',
      'NOT_EXPRESSED mixed_precision',
    ]);
  });

  it('says that it has no steps and no seed', () => {
    const config = completeConfig({
      modelName: 'm',
      loraRank: 8,
      learningRate: 1e-4,
      batchSize: 1,
      maxSteps: 10,
      seed: 7,
      trainDataDir: 'd',
    });
    const { text, warnings } = serialiseConfig(config, 'onetrainer');
    expect(JSON.parse(text)).toMatchObject({ __version: 11, training_method: 'LORA', peft_type: 'LORA' });
    expect(warnings.map(({ code, path }) => `${code} ${path}`)).toEqual(['NOT_EXPRESSED maxSteps', 'NOT_EXPRESSED seed']);
  });

  it('puts the result into the folder it is given', () => {
    expect(JSON.parse(serialiseConfig({ outputPath: '/work space/out', name: 'a/b' }, 'onetrainer').text)).toMatchObject({
      output_model_destination: '/work space/out/a-b.safetensors',
    });
  });
});
