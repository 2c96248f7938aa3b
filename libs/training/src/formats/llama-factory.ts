import { text } from '../values.js';
import type { FormatDefinition } from './format.js';
import { durationRow, optimizerRow, PRECISION, REPORT_TO, WARMUP } from './hf-rows.js';
import { baseModel, flag, networkType, numeric, row, share, shared, startFrom, textual } from './rows.js';
import { SHARED_PARAMS } from '../shared-params.js';

/** LLaMA-Factory YAML: flat, over the arguments of Hugging Face's trainer. It refuses keys it does not know. */
export const LLAMA_FACTORY: FormatDefinition = {
  title: 'LLaMA-Factory',
  syntaxes: ['yaml', 'json'],
  yaml11: true,
  extras: 'dotted',
  score: (tree) =>
    Math.min(
      1,
      0.6 * share(tree, ['model_name_or_path', 'finetuning_type', 'dataset']) +
        0.5 * share(tree, ['stage', 'template', 'cutoff_len', 'lora_target', 'per_device_train_batch_size', 'do_train']),
    ),
  rows: [
    baseModel('model_name_or_path'),
    networkType('finetuning_type', { lora: 'lora', oft: 'oft' }),
    numeric('loraRank', 'lora_rank'),
    numeric('loraAlpha', 'lora_alpha'),
    numeric('network_dropout', 'lora_dropout'),
    row(
      'target_modules',
      'lora_target',
      (value) => (value === undefined || value === null ? undefined : SHARED_PARAMS.target_modules(value)),
      (value) => (Array.isArray(value) ? value.join(',') : value),
    ),
    flag('use_dora', 'use_dora'),
    flag('use_rslora', 'use_rslora'),
    numeric('loraplus_lr_ratio', 'loraplus_lr_ratio'),
    numeric('learningRate', 'learning_rate'),
    numeric('batchSize', 'per_device_train_batch_size'),
    durationRow('num_train_epochs'),
    numeric('gradient_accumulation_steps', 'gradient_accumulation_steps'),
    shared('gradient_checkpointing'),
    optimizerRow('optim'),
    numeric('weight_decay', 'weight_decay'),
    numeric('max_grad_norm', 'max_grad_norm'),
    shared('lr_scheduler', 'lr_scheduler_type'),
    WARMUP,
    numeric('seed', 'seed'),
    numeric('sequence_length', 'cutoff_len'),
    PRECISION,
    row('trainDataDir', 'dataset', (value) => (Array.isArray(value) ? value.join(',') : text(value))),
    textual('outputPath', 'output_dir'),
    numeric('save_steps', 'save_steps'),
    startFrom('adapter_name_or_path', 'resume_from_checkpoint'),
    textual('logging_dir', 'logging_dir'),
    REPORT_TO,
    textual('run_name', 'run_name'),
  ],
  open: (tree) => {
    if (tree['do_train'] === true) delete tree['do_train'];
    return tree;
  },
  // Without it the program loads the model and stops.
  close: (tree) => (Object.hasOwn(tree, 'do_train') ? tree : { ...tree, do_train: true }),
  defaults: {
    loraRank: 8,
    loraAlpha: ({ loraRank }) => 2 * (typeof loraRank === 'number' ? loraRank : 8),
    learningRate: 5e-5,
    batchSize: 8,
    epochs: 3,
    seed: 42,
  },
};
