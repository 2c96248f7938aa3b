import { boolean, text } from '../values.js';
import type { FormatDefinition, Row } from './format.js';
import { baseModel, numeric, share, textual } from './rows.js';

/** `resume_from` alone means adapter weights; only `incremental: false` makes it a trainer's saved state. */
const START: Row = {
  keys: ['resume_from', 'incremental'],
  means: ['resumeFrom', 'incremental'],
  read: (found) => {
    const resumeFrom = text(found['resume_from']);
    const incremental = boolean(found['incremental']);
    if (resumeFrom === undefined) return incremental === true ? { incremental } : {};
    return { resumeFrom, incremental: incremental ?? true };
  },
  write: ({ resumeFrom, incremental }) => ({
    resume_from: resumeFrom,
    incremental: resumeFrom !== undefined || incremental === true ? incremental : undefined,
  }),
};

/**
 * The flat YAML the Ledger is named after. Its parameters beyond the canonical ones are free, and their names are the
 * Ledger's shared names where there is one, so they are kept exactly as they stand.
 */
export const LORA_SCRIPTS: FormatDefinition = {
  title: 'lora-scripts',
  syntaxes: ['yaml', 'json'],
  extras: 'top',
  score: (tree) => {
    const strong = share(tree, ['base_model', 'lora_rank', 'train_data_dir']);
    const weak = share(tree, [
      'lora_alpha',
      'batch_size',
      'epochs',
      'learning_rate',
      'output_dir',
      'metadata_path',
      'task_type',
      'save_steps',
    ]);
    return Math.min(1, 0.8 * strong + 0.4 * weak);
  },
  rows: [
    baseModel('base_model'),
    numeric('loraRank', 'lora_rank'),
    numeric('loraAlpha', 'lora_alpha'),
    numeric('learningRate', 'learning_rate'),
    numeric('batchSize', 'batch_size'),
    numeric('epochs', 'epochs'),
    numeric('maxSteps', 'max_steps'),
    numeric('seed', 'seed'),
    textual('trainDataDir', 'train_data_dir'),
    textual('metadataPath', 'metadata_path'),
    textual('outputPath', 'output_dir'),
    START,
    textual('name', 'name'),
  ],
  defaults: {},
};
