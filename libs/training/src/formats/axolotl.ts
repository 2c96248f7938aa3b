import { SHARED_PARAMS } from '../shared-params.js';
import { boolean } from '../values.js';
import type { FormatDefinition, Row } from './format.js';
import { durationRow, optimizerRow, PRECISION, WARMUP } from './hf-rows.js';
import { baseModel, flag, networkType, numeric, row, share, shared, startFrom, textual } from './rows.js';

/** A list of modules, or all linear ones. */
const TARGETS: Row = {
  keys: ['lora_target_modules', 'lora_target_linear'],
  means: ['target_modules'],
  read: (found) => {
    const modules = found['lora_target_modules'];
    const named = Array.isArray(modules) && modules.length > 0 ? SHARED_PARAMS.target_modules(modules) : undefined;
    return { target_modules: named ?? (boolean(found['lora_target_linear']) === true ? 'all' : undefined) };
  },
  write: ({ target_modules: modules }) => (modules === 'all' ? { lora_target_linear: true } : { lora_target_modules: modules }),
};

/** axolotl YAML. `batch_size` is its global batch and stays what it is; `micro_batch_size` is per device. */
export const AXOLOTL: FormatDefinition = {
  title: 'axolotl',
  syntaxes: ['yaml', 'json'],
  yaml11: true,
  extras: 'dotted',
  score: (tree) =>
    Math.min(
      1,
      0.6 * share(tree, ['base_model', 'adapter', 'datasets']) +
        0.5 * share(tree, ['lora_r', 'micro_batch_size', 'sequence_len', 'num_epochs', 'val_set_size']),
    ),
  rows: [
    baseModel('base_model'),
    networkType('adapter', { lora: 'lora', qlora: 'qlora' }),
    numeric('loraRank', 'lora_r'),
    numeric('loraAlpha', 'lora_alpha'),
    numeric('network_dropout', 'lora_dropout'),
    TARGETS,
    flag('use_dora', 'peft_use_dora'),
    flag('use_rslora', 'peft_use_rslora'),
    numeric('loraplus_lr_ratio', 'loraplus_lr_ratio'),
    numeric('learningRate', 'learning_rate'),
    numeric('batchSize', 'micro_batch_size'),
    durationRow('num_epochs'),
    numeric('gradient_accumulation_steps', 'gradient_accumulation_steps'),
    shared('gradient_checkpointing'),
    optimizerRow('optimizer'),
    numeric('weight_decay', 'weight_decay'),
    numeric('max_grad_norm', 'max_grad_norm'),
    shared('lr_scheduler'),
    WARMUP,
    numeric('seed', 'seed'),
    numeric('sequence_length', 'sequence_len'),
    PRECISION,
    textual('trainDataDir', 'datasets.0.path'),
    row('metadataPath', 'datasets.0.data_files', (value) => (typeof value === 'string' && value !== '' ? value : undefined)),
    textual('outputPath', 'output_dir'),
    numeric('save_steps', 'save_steps'),
    startFrom('lora_model_dir', 'resume_from_checkpoint'),
    textual('run_name', 'wandb_name'),
  ],
  defaults: { batchSize: 1, epochs: 1 },
};
