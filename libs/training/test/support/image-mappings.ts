import type { Case, Mappings } from './mapping.js';

export const IMAGE_MAPPINGS: Mappings<'ai-toolkit' | 'onetrainer'> = {
  'ai-toolkit': [
    [
      { 'model.name_or_path': 'bfl/FLUX.1-dev', 'model.arch': 'flux' },
      { modelPath: 'bfl/FLUX.1-dev', '.model_family': 'flux' },
    ],
    ...(['is_flux', 'is_xl', 'is_v3', 'is_v2'] as const).map((key, at): Case => [
      { [`model.${key}`]: true },
      { '.model_family': ['flux', 'sdxl', 'sd3', 'sd2'][at] ?? '' },
    ]),
    [
      {
        'network.type': 'lokr',
        'network.linear': 16,
        'network.linear_alpha': 8,
        'network.dropout': 0.1,
        'network.conv': 4,
        'network.conv_alpha': 2,
      },
      { '.network_type': 'lokr', loraRank: 16, loraAlpha: 8, '.network_dropout': 0.1, '.conv_dim': 4, '.conv_alpha': 2 },
    ],
    [
      { 'network.rank': 32, 'network.alpha': 4 },
      { loraRank: 32, loraAlpha: 4 },
    ],
    [
      {
        'train.train_unet': true,
        'train.train_text_encoder': false,
        'train.lr': 0.0001,
        'train.unet_lr': 0.0002,
        'train.text_encoder_lr': 0.00001,
      },
      { '.train_unet': true, '.train_text_encoder': false, learningRate: 0.0001, '.unet_lr': 0.0002, '.text_encoder_lr': 0.00001 },
    ],
    [
      { 'train.batch_size': 2, 'train.steps': 2000, 'train.gradient_accumulation': 4 },
      { batchSize: 2, maxSteps: 2000, '.gradient_accumulation_steps': 4 },
    ],
    [
      { 'train.steps': 2000, 'train.gradient_accumulation_steps': 4 },
      { maxSteps: 500, '.gradient_accumulation_steps': 4 },
    ],
    [
      {
        'train.gradient_checkpointing': true,
        'train.optimizer': 'adamw8bit',
        'train.optimizer_params.weight_decay': 0.01,
        'train.max_grad_norm': 1,
      },
      { '.gradient_checkpointing': true, '.optimizer': 'adamw8bit', '.weight_decay': 0.01, '.max_grad_norm': 1 },
    ],
    [
      { 'train.lr_scheduler': 'cosine', 'train.lr_scheduler_params.num_warmup_steps': 50, training_seed: 42, 'train.dtype': 'bf16' },
      { '.lr_scheduler': 'cosine', '.warmup_steps': 50, seed: 42, '.mixed_precision': 'bf16' },
    ],
    [
      { 'datasets.0.folder_path': '/d', 'datasets.0.resolution': [512, 768], 'datasets.0.caption_ext': 'txt', 'datasets.0.num_repeats': 3 },
      { trainDataDir: '/d', '.caption_extension': '.txt', '.num_repeats': 3 },
    ],
    [{ 'datasets.0.dataset_path': '/d/all.json' }, { metadataPath: '/d/all.json' }],
    [
      { training_folder: './out', 'file.config.name': 'style', 'save.save_every': 250, 'save.dtype': 'fp16' },
      { outputPath: './out', name: 'style', '.save_steps': 250, '.save_precision': 'fp16' },
    ],
    [
      { 'network.pretrained_lora_path': './w.safetensors', log_dir: './logs', 'logging.run_name': 'third' },
      { resumeFrom: './w.safetensors', incremental: true, '.logging_dir': './logs', '.run_name': 'third' },
    ],
  ],
  onetrainer: [
    [
      { base_model_name: 'sdxl/base', model_type: 'STABLE_DIFFUSION_XL_10_BASE', 'unet.learning_rate': 0.0002, 'unet.train': true },
      { modelPath: 'sdxl/base', '.model_family': 'sdxl', '.unet_lr': 0.0002, '.train_unet': true },
    ],
    [
      { model_type: 'FLUX_DEV_1', 'transformer.learning_rate': 0.0003, 'transformer.train': true },
      { '.model_family': 'flux', '.unet_lr': 0.0003, '.train_unet': true },
    ],
    [
      { peft_type: 'LOHA', lora_decompose: true, lora_rank: 16, lora_alpha: 8, dropout_probability: 0.1 },
      { '.network_type': 'loha', '.use_dora': true, loraRank: 16, loraAlpha: 8, '.network_dropout': 0.1 },
    ],
    [
      {
        'text_encoder.train': false,
        learning_rate: 0.0001,
        'text_encoder.learning_rate': 0.00001,
        'text_encoder_2.learning_rate': 0.00002,
        'text_encoder_3.learning_rate': 0.00003,
        'text_encoder_4.learning_rate': 0.00004,
      },
      { '.train_text_encoder': false, learningRate: 0.0001, '.text_encoder_lr': [0.00001, 0.00002, 0.00003, 0.00004] },
    ],
    [
      { batch_size: 4, epochs: 20, gradient_accumulation_steps: 2, gradient_checkpointing: 'ON', clip_grad_norm: 1 },
      { batchSize: 4, epochs: 20, '.gradient_accumulation_steps': 2, '.gradient_checkpointing': true, '.max_grad_norm': 1 },
    ],
    [
      { 'optimizer.optimizer': 'ADAMW_8BIT', 'optimizer.weight_decay': 0.01 },
      { '.optimizer': 'adamw8bit', '.weight_decay': 0.01 },
    ],
    [
      { learning_rate_scheduler: 'COSINE', learning_rate_cycles: 2, learning_rate_warmup_steps: 200 },
      { '.lr_scheduler': 'cosine', '.lr_scheduler_num_cycles': 2, '.warmup_steps': 200 },
    ],
    [{ learning_rate_warmup_steps: 0.1 }, { '.warmup_ratio': 0.1 }],
    [
      { resolution: '768', train_dtype: 'BFLOAT_16', output_dtype: 'FLOAT_16' },
      { '.resolution': 768, '.mixed_precision': 'bf16', '.save_precision': 'fp16' },
    ],
    [
      { 'concepts.0.path': '/d', 'concepts.0.text.prompt_path': '/d/p.txt', 'concepts.0.balancing': 2 },
      { trainDataDir: '/d', metadataPath: '/d/p.txt', '.num_repeats': 2 },
    ],
    [{ concept_file_name: 'concepts.json' }, { trainDataDir: 'concepts.json' }],
    [
      { output_model_destination: 'out/style.safetensors', save_every: 100, save_every_unit: 'STEP', lora_model_name: './w.safetensors' },
      { outputPath: 'out', name: 'style', '.save_steps': 100, resumeFrom: './w.safetensors', incremental: true },
    ],
    [{ save_every: 2, save_every_unit: 'EPOCH' }, { '.save_every_n_epochs': 2 }],
  ],
};
