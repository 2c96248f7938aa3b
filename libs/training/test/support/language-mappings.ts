import type { Mappings } from './mapping.js';

export const LANGUAGE_MAPPINGS: Mappings<'llama-factory' | 'axolotl' | 'peft'> = {
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
