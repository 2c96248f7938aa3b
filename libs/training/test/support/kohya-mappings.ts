import type { Case, Mappings } from './mapping.js';

/** What sd-scripts reads and its GUI writes alike. */
const SD: readonly Case[] = [
  [{ pretrained_model_name_or_path: './m/v1-5.safetensors' }, { modelPath: './m/v1-5.safetensors', modelName: 'v1-5' }],
  [
    { network_dim: 16, network_alpha: 8, network_dropout: 0.1 },
    { loraRank: 16, loraAlpha: 8, '.network_dropout': 0.1 },
  ],
  [
    { network_train_unet_only: true, network_train_text_encoder_only: false },
    { '.train_unet': true, '.train_text_encoder': false },
  ],
  [
    { learning_rate: 0.0001, unet_lr: 0.0002, text_encoder_lr: [0.00001, 0.00002] },
    { learningRate: 0.0001, '.unet_lr': 0.0002, '.text_encoder_lr': [0.00001, 0.00002] },
  ],
  [
    { train_batch_size: 2, max_train_epochs: 10 },
    { batchSize: 2, epochs: 10 },
  ],
  [{ max_train_steps: 1600 }, { maxSteps: 1600 }],
  [
    { gradient_accumulation_steps: 4, gradient_checkpointing: true, max_grad_norm: 0.5 },
    { '.gradient_accumulation_steps': 4, '.gradient_checkpointing': true, '.max_grad_norm': 0.5 },
  ],
  [
    { lr_scheduler: 'cosine_with_restarts', lr_scheduler_num_cycles: 3 },
    { '.lr_scheduler': 'cosine_with_restarts', '.lr_scheduler_num_cycles': 3 },
  ],
  [
    { seed: 42, mixed_precision: 'bf16' },
    { seed: 42, '.mixed_precision': 'bf16' },
  ],
  [
    { train_data_dir: './d', caption_extension: '.txt' },
    { trainDataDir: './d', '.caption_extension': '.txt' },
  ],
  [{ dataset_config: './data.toml' }, { trainDataDir: './data.toml' }],
  [
    { output_dir: './out', output_name: 'style', save_every_n_steps: 100, save_every_n_epochs: 2, save_precision: 'fp16' },
    { outputPath: './out', name: 'style', '.save_steps': 100, '.save_every_n_epochs': 2, '.save_precision': 'fp16' },
  ],
  [{ network_weights: './before.safetensors' }, { resumeFrom: './before.safetensors', incremental: true }],
  [{ resume: './run-state' }, { resumeFrom: './run-state', incremental: false }],
  [
    { logging_dir: './logs', log_with: 'tensorboard', wandb_run_name: 'third' },
    { '.logging_dir': './logs', '.log_with': 'tensorboard', '.run_name': 'third' },
  ],
];

export const KOHYA_MAPPINGS: Mappings<'lora-scripts' | 'sd-scripts' | 'kohya'> = {
  'lora-scripts': [
    [
      { base_model: './m/v1-5.safetensors', lora_rank: 8, lora_alpha: 16, batch_size: 4, epochs: 10, learning_rate: 0.0002 },
      { modelPath: './m/v1-5.safetensors', modelName: 'v1-5', loraRank: 8, loraAlpha: 16, batchSize: 4, epochs: 10, learningRate: 0.0002 },
    ],
    [
      { max_steps: 500, seed: 7, name: 'mine' },
      { maxSteps: 500, seed: 7, name: 'mine' },
    ],
    [
      { train_data_dir: './d', metadata_path: './d/m.csv', output_dir: './o', save_steps: 100 },
      { trainDataDir: './d', metadataPath: './d/m.csv', outputPath: './o', '.save_steps': 100 },
    ],
    [
      { resume_from: './w.safetensors', incremental: true },
      { resumeFrom: './w.safetensors', incremental: true },
    ],
  ],
  'sd-scripts': [
    ...SD,
    [
      {
        network_module: 'lycoris.kohya',
        network_args: [
          'algo=loha',
          'conv_dim=4',
          'conv_alpha=1',
          'rank_dropout=0.1',
          'module_dropout=0.2',
          'dora_wd=True',
          'loraplus_lr_ratio=16',
        ],
      },
      {
        '.network_type': 'loha',
        '.conv_dim': 4,
        '.conv_alpha': 1,
        '.rank_dropout': 0.1,
        '.module_dropout': 0.2,
        '.use_dora': true,
        '.loraplus_lr_ratio': 16,
      },
    ],
    [
      { model_train_type: 'sdxl-lora', lycoris_algo: 'lokr', network_module: 'lycoris.kohya', conv_dim: 8, conv_alpha: 2 },
      { '.model_family': 'sdxl', '.network_type': 'lokr', '.conv_dim': 8, '.conv_alpha': 2 },
    ],
    [
      { optimizer_type: 'AdamW8bit', optimizer_args: ['weight_decay=0.01'] },
      { '.optimizer': 'adamw8bit', '.weight_decay': 0.01 },
    ],
    [{ lr_warmup_steps: 100 }, { '.warmup_steps': 100 }],
    [{ lr_warmup_steps: 0.05 }, { '.warmup_ratio': 0.05 }],
    [{ lr_warmup_steps: '5%' }, { '.warmup_ratio': 0.05 }],
    [{ resolution: '512,768' }, { '.resolution': '512x768' }],
    [{ in_json: './d/meta.json' }, { metadataPath: './d/meta.json' }],
  ],
  kohya: [
    ...SD.filter(([keys]) => !('text_encoder_lr' in keys)),
    [
      { learning_rate: '1e-4', unet_lr: 0.0002, text_encoder_lr: 0.00005 },
      { learningRate: 0.0001, '.unet_lr': 0.0002, '.text_encoder_lr': 0.00005 },
    ],
    [
      { LoRA_type: 'LyCORIS/LoKr', conv_dim: 4, conv_alpha: 1, sdxl: true, flux1_checkbox: false, sd3_checkbox: false },
      { '.network_type': 'lokr', '.model_family': 'sdxl', '.conv_dim': 4, '.conv_alpha': 1 },
    ],
    [{ LoRA_type: 'Flux1', flux1_checkbox: true }, { '.model_family': 'flux' }],
    [
      { LoRA_type: 'LyCORIS/LoHa', rank_dropout: 0.1, module_dropout: 0.2, dora_wd: true, loraplus_lr_ratio: 16 },
      { '.rank_dropout': 0.1, '.module_dropout': 0.2, '.use_dora': true, '.loraplus_lr_ratio': 16 },
    ],
    [
      { epoch: 5, max_train_epochs: '', max_train_steps: '', seed: '1234' },
      { epochs: 5, seed: 1234 },
    ],
    [
      { optimizer: 'AdamW8bit', optimizer_args: 'weight_decay=0.1 betas=0.9,0.99' },
      { '.optimizer': 'adamw8bit', '.weight_decay': 0.1 },
    ],
    [{ lr_warmup: 10, lr_warmup_steps: 0 }, { '.warmup_ratio': 0.1 }],
    [{ lr_warmup: 10, lr_warmup_steps: 200 }, { '.warmup_steps': 200 }],
    [{ max_resolution: '512,512' }, { '.resolution': 512 }],
  ],
};
