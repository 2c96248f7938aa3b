import { SHARED_PARAMS } from '../shared-params.js';
import type { FormatDefinition } from './format.js';
import { baseModel, flag, networkType, numeric, row, share } from './rows.js';

/** PEFT's `adapter_config.json`: what the adapter is, not how it was trained. Everything about the training is told as missing. */
export const PEFT: FormatDefinition = {
  title: 'PEFT',
  syntaxes: ['json', 'yaml'],
  extras: 'dotted',
  score: (tree) =>
    Object.hasOwn(tree, 'peft_type') ? 0.5 + 0.5 * share(tree, ['r', 'lora_alpha', 'target_modules', 'base_model_name_or_path']) : 0,
  rows: [
    baseModel('base_model_name_or_path'),
    networkType('peft_type', { lora: 'LORA', loha: 'LOHA', lokr: 'LOKR', oft: 'OFT', boft: 'BOFT', ia3: 'IA3' }),
    numeric('loraRank', 'r'),
    numeric('loraAlpha', 'lora_alpha'),
    numeric('network_dropout', 'lora_dropout'),
    // A text other than the word for "all" is a regular expression over module names, which is PEFT's alone.
    row(
      'target_modules',
      'target_modules',
      (value) => (value === 'all-linear' ? 'all' : Array.isArray(value) ? SHARED_PARAMS.target_modules(value) : undefined),
      (value) => (value === 'all' ? 'all-linear' : value),
    ),
    flag('use_dora', 'use_dora'),
    flag('use_rslora', 'use_rslora'),
  ],
  defaults: { loraRank: 8, loraAlpha: 8 },
  fileName: 'adapter_config.json',
};
