import { rewritten } from '../../test/support/kept.js';
import { completeConfig } from '../lora-config.js';
import { parseConfig, serialiseConfig } from './registry.js';

const FILE = {
  LoRA_type: 'LyCORIS/LoHa',
  pretrained_model_name_or_path: '/m/sd_xl.safetensors',
  sdxl: true,
  flux1_checkbox: false,
  v2: false,
  network_dim: '32',
  network_alpha: 16,
  network_dropout: 0.1,
  rank_dropout: 0.2,
  module_dropout: 0,
  conv_dim: 8,
  conv_alpha: 4,
  dora_wd: true,
  loraplus_lr_ratio: 4,
  network_train_unet_only: true,
  network_train_text_encoder_only: false,
  network_weights: '/l/old.safetensors',
  resume: '',
  learning_rate: '0.0001',
  unet_lr: 0.0002,
  text_encoder_lr: 0,
  train_batch_size: 2,
  epoch: 1,
  max_train_epochs: 12,
  max_train_steps: '',
  gradient_accumulation_steps: 2,
  gradient_checkpointing: true,
  optimizer: 'AdamW8bit',
  optimizer_args: 'weight_decay=0.01 betas=0.9,0.99',
  max_grad_norm: 1,
  lr_scheduler: 'cosine',
  lr_scheduler_num_cycles: 2,
  lr_scheduler_args: '',
  lr_warmup: 7,
  lr_warmup_steps: 0,
  seed: '1234',
  max_resolution: '768,512',
  mixed_precision: 'bf16',
  train_data_dir: '/d',
  dataset_config: '',
  caption_extension: '.txt',
  output_dir: '/o',
  output_name: 'ink',
  save_every_n_epochs: 2,
  save_every_n_steps: 0,
  save_precision: 'fp16',
  logging_dir: '/log',
  log_with: '',
  wandb_run_name: 'r',
  wandb_api_key: '',
  min_snr_gamma: 5,
  additional_parameters: '',
};

describe('kohya_ss GUI JSON', () => {
  it('gives every row of the mapping table its meaning, with numbers as text and zero as unset', () => {
    const { draft, format, warnings } = parseConfig(JSON.stringify(FILE));
    const { $original, ...extraParams } = draft.extraParams ?? {};
    expect(format).toBe('kohya');
    expect(warnings).toEqual([]);
    expect({ ...draft, extraParams }).toEqual({
      name: 'ink',
      modelName: 'sd_xl',
      modelPath: '/m/sd_xl.safetensors',
      loraRank: 32,
      loraAlpha: 16,
      learningRate: 0.0001,
      batchSize: 2,
      epochs: 12,
      seed: 1234,
      trainDataDir: '/d',
      outputPath: '/o',
      resumeFrom: '/l/old.safetensors',
      incremental: true,
      extraParams: {
        model_family: 'sdxl',
        network_type: 'loha',
        network_dropout: 0.1,
        rank_dropout: 0.2,
        conv_dim: 8,
        conv_alpha: 4,
        use_dora: true,
        loraplus_lr_ratio: 4,
        train_unet: true,
        train_text_encoder: false,
        unet_lr: 0.0002,
        gradient_accumulation_steps: 2,
        gradient_checkpointing: true,
        optimizer: 'adamw8bit',
        weight_decay: 0.01,
        max_grad_norm: 1,
        lr_scheduler: 'cosine',
        lr_scheduler_num_cycles: 2,
        warmup_ratio: 0.07,
        resolution: '768x512',
        mixed_precision: 'bf16',
        caption_extension: '.txt',
        save_every_n_epochs: 2,
        save_precision: 'fp16',
        logging_dir: '/log',
        run_name: 'r',
        v2: false,
        'optimizer_args.betas': '0.9,0.99',
        lr_scheduler_args: '',
        wandb_api_key: '',
        min_snr_gamma: 5,
        additional_parameters: '',
      },
    });
    expect($original).toMatchObject({ kohya: { seed: '1234', learning_rate: '0.0001', network_dim: '32', text_encoder_lr: 0 } });
  });

  it('writes every key and value back as the GUI spelt it', () => {
    const { before, after, warnings } = rewritten(JSON.stringify(FILE), 'json', 'kohya');
    expect(after).toEqual(before);
    expect(warnings).toEqual([]);
  });

  it("uses the file's spelling only while it says what the config says", () => {
    const { draft } = parseConfig(JSON.stringify(FILE));
    const written = JSON.parse(serialiseConfig({ ...draft, seed: 99, epochs: 3 }, 'kohya').text) as Record<string, unknown>;
    expect(written).toMatchObject({ seed: 99, epoch: 3, max_train_steps: 0, learning_rate: '0.0001' });
    expect(written).not.toHaveProperty('max_train_epochs');
  });

  it.each([
    [{ LoRA_type: 'Standard', conv_dim: 1, conv_alpha: 1 }, {}],
    [{ LoRA_type: 'Flux1', flux1_checkbox: true }, { model_family: 'flux' }],
    [{ LoRA_type: 'Flux1 OFT' }, { model_family: 'flux', network_type: 'oft' }],
    [{ LoRA_type: 'SD3' }, { model_family: 'sd3' }],
    [
      { LoRA_type: 'Kohya LoCon', conv_dim: 4, conv_alpha: 1 },
      { conv_dim: 4, conv_alpha: 1 },
    ],
    [{ LoRA_type: 'Kohya DyLoRA' }, { network_type: 'dylora' }],
    [{ LoRA_type: 'LyCORIS/Something New' }, { network_type: 'something new' }],
    [{ lr_warmup: 10 }, { warmup_ratio: 0.1 }],
    [{ lr_warmup: 10, lr_warmup_steps: 50 }, { warmup_steps: 50 }],
    [{ lr_warmup: 10, lr_warmup_steps: 0.2 }, { warmup_ratio: 0.2 }],
    [{ lr_warmup: 0 }, { warmup_steps: 0 }],
    [{ seed: 0 }, {}, { seed: undefined }],
    [{ epoch: 5, max_train_steps: 0 }, {}, { epochs: 5 }],
    [{ epoch: 5, max_train_steps: 1000 }, {}, { maxSteps: 1000, epochs: undefined }],
    [{ resume: '/state' }, {}, { resumeFrom: '/state', incremental: false }],
  ] as [object, object, object?][])('reads %j', (keys, extra, fields = {}) => {
    const { draft, warnings } = parseConfig(JSON.stringify({ pretrained_model_name_or_path: 'm', ...keys }), { format: 'kohya' });
    const { $original: _spelling, ...extraParams } = draft.extraParams ?? {};
    expect(extraParams).toEqual(extra);
    for (const [field, value] of Object.entries(fields)) expect(draft[field as keyof typeof draft]).toEqual(value);
    expect(warnings.map(({ code }) => code)).not.toContain('NOT_UNDERSTOOD');
  });

  it('says that it has no seed 0, no captions file, and no rectangle list', () => {
    const config = completeConfig({
      modelName: 'm',
      loraRank: 8,
      learningRate: 1e-4,
      batchSize: 1,
      maxSteps: 10,
      seed: 0,
      trainDataDir: 'd',
      metadataPath: 'x.json',
    });
    expect(serialiseConfig(config, 'kohya').warnings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'NOT_EXPRESSED seed',
      'NOT_EXPRESSED metadataPath',
    ]);
  });
});
