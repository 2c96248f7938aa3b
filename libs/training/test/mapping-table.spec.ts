import { CONFIG_FORMATS, formatSyntax, parseConfig, type ConfigFormat, type JsonValue } from '../src/index.js';
import { put } from '../src/formats/paths.js';
import { FORMATS } from '../src/formats/registry.js';
import { writeText } from '../src/syntax/text.js';

type Flat = Record<string, JsonValue>;
/** Keys of a file as its trainer knows them, dotted, and what each must mean: canonical fields by name, other parameters after a dot. */
type Case = readonly [Flat, Flat];

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

const TABLE: Readonly<Record<Exclude<ConfigFormat, 'ledger'>, readonly Case[]>> = {
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
  'llama-factory': [
    [
      {
        model_name_or_path: 'Qwen/Q',
        finetuning_type: 'lora',
        lora_rank: 8,
        lora_alpha: 16,
        lora_dropout: 0.05,
        lora_target: 'q_proj,v_proj',
      },
      {
        modelPath: 'Qwen/Q',
        modelName: 'Qwen/Q',
        loraRank: 8,
        loraAlpha: 16,
        '.network_dropout': 0.05,
        '.target_modules': ['q_proj', 'v_proj'],
      },
    ],
    [
      { use_dora: true, use_rslora: true, loraplus_lr_ratio: 16, learning_rate: 0.0001, per_device_train_batch_size: 2 },
      { '.use_dora': true, '.use_rslora': true, '.loraplus_lr_ratio': 16, learningRate: 0.0001, batchSize: 2 },
    ],
    [{ num_train_epochs: 3, max_steps: -1 }, { epochs: 3 }],
    [
      { gradient_accumulation_steps: 8, gradient_checkpointing: true, optim: 'adamw_torch', weight_decay: 0.01, max_grad_norm: 1 },
      {
        '.gradient_accumulation_steps': 8,
        '.gradient_checkpointing': true,
        '.optimizer': 'adamw',
        '.weight_decay': 0.01,
        '.max_grad_norm': 1,
      },
    ],
    [
      { lr_scheduler_type: 'cosine', warmup_ratio: 0.1 },
      { '.lr_scheduler': 'cosine', '.warmup_ratio': 0.1 },
    ],
    [{ warmup_steps: 20 }, { '.warmup_steps': 20 }],
    [
      { seed: 42, cutoff_len: 2048, bf16: true, fp16: false },
      { seed: 42, '.sequence_length': 2048, '.mixed_precision': 'bf16' },
    ],
    [
      { dataset: 'identity', output_dir: 'o', save_steps: 500 },
      { trainDataDir: 'identity', outputPath: 'o', '.save_steps': 500 },
    ],
    [{ adapter_name_or_path: './adapter' }, { resumeFrom: './adapter', incremental: true }],
    [{ resume_from_checkpoint: './checkpoint-5' }, { resumeFrom: './checkpoint-5', incremental: false }],
    [
      { logging_dir: 'l', report_to: 'tensorboard', run_name: 'third' },
      { '.logging_dir': 'l', '.log_with': 'tensorboard', '.run_name': 'third' },
    ],
  ],
  axolotl: [
    [
      { base_model: 'meta/L', adapter: 'qlora', lora_r: 16, lora_alpha: 32, lora_dropout: 0.05, lora_target_modules: ['q_proj', 'v_proj'] },
      {
        modelPath: 'meta/L',
        '.network_type': 'qlora',
        loraRank: 16,
        loraAlpha: 32,
        '.network_dropout': 0.05,
        '.target_modules': ['q_proj', 'v_proj'],
      },
    ],
    [
      { lora_target_linear: true, peft_use_dora: true, peft_use_rslora: true, loraplus_lr_ratio: 16 },
      { '.use_dora': true, '.use_rslora': true, '.loraplus_lr_ratio': 16 },
    ],
    [
      { learning_rate: '2e-4', micro_batch_size: 2, num_epochs: 4 },
      { learningRate: 0.0002, batchSize: 2, epochs: 4 },
    ],
    // Steps end the training, whatever the epochs say.
    [{ num_epochs: 4, max_steps: 100 }, { maxSteps: 100 }],
    [
      { gradient_accumulation_steps: 8, gradient_checkpointing: true, optimizer: 'adamw_8bit', weight_decay: 0.01, max_grad_norm: 1 },
      {
        '.gradient_accumulation_steps': 8,
        '.gradient_checkpointing': true,
        '.optimizer': 'adamw8bit',
        '.weight_decay': 0.01,
        '.max_grad_norm': 1,
      },
    ],
    [
      { lr_scheduler: 'cosine', warmup_steps: 10 },
      { '.lr_scheduler': 'cosine', '.warmup_steps': 10 },
    ],
    [{ warmup_ratio: 0.1 }, { '.warmup_ratio': 0.1 }],
    [
      { seed: 42, sequence_len: 4096, bf16: true, fp16: false },
      { seed: 42, '.sequence_length': 4096, '.mixed_precision': 'bf16' },
    ],
    [
      { 'datasets.0.path': 'alpaca', 'datasets.0.data_files': 'd.jsonl', output_dir: 'o', save_steps: 50 },
      { trainDataDir: 'alpaca', metadataPath: 'd.jsonl', outputPath: 'o', '.save_steps': 50 },
    ],
    [{ lora_model_dir: './adapter' }, { resumeFrom: './adapter', incremental: true }],
    [
      { resume_from_checkpoint: './checkpoint-5', wandb_name: 'third' },
      { resumeFrom: './checkpoint-5', incremental: false, '.run_name': 'third' },
    ],
  ],
  peft: [
    [
      { base_model_name_or_path: 'meta/L', peft_type: 'LOHA', r: 32, lora_alpha: 64, lora_dropout: 0.1 },
      { modelPath: 'meta/L', '.network_type': 'loha', loraRank: 32, loraAlpha: 64, '.network_dropout': 0.1 },
    ],
    [
      { target_modules: ['q', 'v'], use_dora: true, use_rslora: true },
      { '.target_modules': ['q', 'v'], '.use_dora': true, '.use_rslora': true },
    ],
  ],
};

function fileOf(format: ConfigFormat, keys: Flat): string {
  const tree: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(keys)) put(tree, key, value);
  return writeText(FORMATS[format].close?.(tree) ?? tree, formatSyntax(format), () => undefined);
}

const cases = Object.entries(TABLE).flatMap(([format, rows]) =>
  rows.map((row) => [format as ConfigFormat, Object.keys(row[0]).join(', '), ...row] as const),
);

it.each(cases)('%s: %s', (format, _keys, keys, expected) => {
  const { draft } = parseConfig(fileOf(format, keys), { format });
  const said = Object.fromEntries(
    Object.keys(expected).map((name) => [
      name,
      name.startsWith('.') ? draft.extraParams?.[name.slice(1)] : draft[name as keyof typeof draft],
    ]),
  );
  expect(said).toEqual(expected);
});

it.each(CONFIG_FORMATS.filter((format) => format !== 'ledger'))(
  'every key that has a meaning in a %s file stands in this table',
  (format) => {
    const used = new Set(
      TABLE[format].flatMap(([keys]) =>
        Object.keys(keys).flatMap((key) => (key === 'network_args' || key === 'optimizer_args' ? argsOf(key, TABLE[format]) : [key])),
      ),
    );
    expect(FORMATS[format].rows.flatMap((row) => row.keys).filter((key) => !used.has(key))).toEqual([]);
  },
);

/** Lists of `key=value` are keys of their own. */
function argsOf(name: string, rows: readonly Case[]): string[] {
  return rows.flatMap(([keys]) => {
    const value = keys[name];
    const words = typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? (value as string[]) : [];
    return words.map((word) => `${name}.${word.split('=')[0] ?? ''}`);
  });
}
