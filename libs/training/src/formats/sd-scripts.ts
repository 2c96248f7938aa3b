import { isJsonObject, type JsonObject, type JsonValue } from '../json.js';
import { parseToml } from '../syntax/toml.js';
import { SHARED_PARAMS } from '../shared-params.js';
import { boolean, fractionOf, number, text } from '../values.js';
import { foldArgs, unfoldArgs } from './args-lists.js';
import type { FormatDefinition, Meaning, Row, Tree, Warn } from './format.js';
import { baseModel, fileNameOf, numeric, row, never, share, shared, startFrom, textual, words } from './rows.js';
import { isDatasetKey, SD_DATASET } from './sd-dataset.js';
import { MIXED_PRECISION, networkRow, OPTIMIZER, sdResolution, TARGETS } from './sd-words.js';

/** Epochs win over steps. */
const DURATION: Row = {
  keys: ['max_train_epochs', 'max_train_steps'],
  means: ['epochs', 'maxSteps'],
  read: (found) => {
    const epochs = number(found['max_train_epochs']);
    if (epochs !== undefined && epochs > 0) return { epochs };
    const maxSteps = number(found['max_train_steps']);
    return maxSteps !== undefined && maxSteps > 0 ? { maxSteps } : {};
  },
  write: ({ epochs, maxSteps }) => (typeof epochs === 'number' ? { max_train_epochs: Math.ceil(epochs) } : { max_train_steps: maxSteps }),
};

/** With a dataset file the trainer ignores `train_data_dir`; the file then stands for the folder. */
export const DATA: Row = {
  keys: ['train_data_dir', 'dataset_config'],
  means: ['trainDataDir', 'dataset_config'],
  read: (found) => {
    const file = text(found['dataset_config']);
    return file === undefined ? { trainDataDir: text(found['train_data_dir']) } : { trainDataDir: file, dataset_config: file };
  },
  write: (meaning) =>
    meaning['dataset_config'] !== undefined && meaning['dataset_config'] === meaning['trainDataDir']
      ? { dataset_config: meaning['dataset_config'] }
      : { train_data_dir: meaning['trainDataDir'] },
};

/** A whole number of steps, a fraction of the run below 1, or text in percent. */
const WARMUP: Row = {
  keys: ['lr_warmup_steps'],
  means: ['warmup_steps', 'warmup_ratio'],
  read: (found) => warmupOf(found['lr_warmup_steps']),
  write: ({ warmup_steps, warmup_ratio }) => ({ lr_warmup_steps: warmup_steps ?? warmup_ratio }),
};

/** Steps from 1, a fraction below; `"5%"` is a fraction too. */
export function warmupOf(value: JsonValue | undefined): Meaning {
  const percent = typeof value === 'string' ? /^\s*([\d.]+)\s*%\s*$/.exec(value) : null;
  const amount = percent ? fractionOf(Number(percent[1])) : number(value);
  if (amount === undefined || Number.isNaN(amount) || amount < 0) return {};
  return amount > 0 && (amount < 1 || percent) ? { warmup_ratio: amount } : { warmup_steps: amount };
}

/** An argument inside `network_args` or `optimizer_args`, where every value is text; the GUI has it as a key of its own. */
export function argument(name: string, list: string, key: string, guiKey?: string): Row {
  const path = `${list}.${key}`;
  return {
    keys: guiKey === undefined ? [path] : [path, guiKey],
    means: [name],
    read: (found) => ({ [name]: number(found[path] ?? (guiKey === undefined ? undefined : found[guiKey])) }),
    write: ({ [name]: value }) => ({ [path]: typeof value === 'number' ? String(value) : value }),
  };
}

export const LEARNING_RATES: readonly Row[] = [
  numeric('learningRate', 'learning_rate', [0]),
  numeric('unet_lr', 'unet_lr', [0]),
  row('text_encoder_lr', 'text_encoder_lr', (value) =>
    value === undefined || value === 0 ? undefined : SHARED_PARAMS.text_encoder_lr(value),
  ),
];

export const SAVING: readonly Row[] = [
  numeric('save_steps', 'save_every_n_steps', [0]),
  numeric('save_every_n_epochs', 'save_every_n_epochs', [0]),
  words('save_precision', 'save_precision', { fp32: 'float', fp16: 'fp16', bf16: 'bf16' }, never),
];

export const SD_ROWS: readonly Row[] = [
  baseModel('pretrained_model_name_or_path'),
  networkRow(['network_module', 'network_args.algo', 'lycoris_algo', 'model_train_type']),
  numeric('loraRank', 'network_dim'),
  numeric('loraAlpha', 'network_alpha'),
  numeric('network_dropout', 'network_dropout'),
  argument('rank_dropout', 'network_args', 'rank_dropout'),
  argument('module_dropout', 'network_args', 'module_dropout'),
  argument('conv_dim', 'network_args', 'conv_dim', 'conv_dim'),
  argument('conv_alpha', 'network_args', 'conv_alpha', 'conv_alpha'),
  argument('loraplus_lr_ratio', 'network_args', 'loraplus_lr_ratio'),
  row('use_dora', 'network_args.dora_wd', boolean, (value) => (typeof value === 'boolean' ? (value ? 'True' : 'False') : undefined)),
  TARGETS,
  ...LEARNING_RATES,
  numeric('batchSize', 'train_batch_size'),
  DURATION,
  numeric('gradient_accumulation_steps', 'gradient_accumulation_steps'),
  shared('gradient_checkpointing'),
  OPTIMIZER('optimizer_type'),
  argument('weight_decay', 'optimizer_args', 'weight_decay'),
  numeric('max_grad_norm', 'max_grad_norm'),
  shared('lr_scheduler'),
  numeric('lr_scheduler_num_cycles', 'lr_scheduler_num_cycles'),
  WARMUP,
  numeric('seed', 'seed'),
  row('resolution', 'resolution', sdResolution.read, sdResolution.write),
  MIXED_PRECISION,
  DATA,
  textual('metadataPath', 'in_json'),
  shared('caption_extension'),
  textual('outputPath', 'output_dir'),
  row('name', 'output_name', text, (value) => (typeof value === 'string' ? fileNameOf(value) : undefined)),
  ...SAVING,
  startFrom('network_weights', 'resume'),
  shared('logging_dir'),
  shared('log_with'),
  textual('run_name', 'wandb_run_name'),
];

/**
 * sd-scripts TOML (`--config_file`), also what Akegarasu's lora-scripts writes, and the flat JSON its GUI posts.
 * Section names mean nothing to the trainer: tables are flattened by one level, the later key wins.
 */
export const SD_SCRIPTS: FormatDefinition = {
  title: 'sd-scripts',
  syntaxes: ['toml', 'json'],
  extras: 'dotted',
  dialects: ['kohya'],
  score: (tree, syntax) => {
    const flat = withoutSections(tree, () => undefined);
    const marks = share(flat, ['pretrained_model_name_or_path', 'network_dim', 'network_module', 'train_data_dir']);
    const weak = share(flat, [
      'network_alpha',
      'train_batch_size',
      'max_train_epochs',
      'max_train_steps',
      'optimizer_type',
      'unet_lr',
      'output_name',
      'resolution',
    ]);
    const score = 0.7 * marks + 0.5 * weak;
    if (SD_DATASET.score(tree, syntax) > 0) return 0.9;
    return Math.min(1, syntax === 'toml' ? score : 0.8 * score + (Object.hasOwn(flat, 'model_train_type') ? 0.3 : 0));
  },
  rows: SD_ROWS,
  open: (tree, warn) => {
    const flat = unfoldArgs(withCustomParams(withoutSections(tree, warn), warn));
    if (text(flat['dataset_config']) !== undefined) {
      warn({
        code: 'DATA_ELSEWHERE',
        path: 'trainDataDir',
        message: 'the data is described in the file that dataset_config names; keep that file with the task',
      });
    }
    return flat;
  },
  close: foldArgs,
  unfold: unfoldArgs,
  dataset: SD_DATASET,
  ownKey: (key) => !isDatasetKey(key),
  defaults: { loraRank: 4, loraAlpha: 1, learningRate: 2e-6, batchSize: 1, maxSteps: 1600 },
};

function withoutSections(tree: JsonObject, warn: Warn): Tree {
  const flat: Tree = {};
  const add = (name: string, value: JsonValue): void => {
    if (Object.hasOwn(flat, name) && flat[name] !== value) {
      warn({ code: 'OVERRIDDEN', path: name, message: `${name} stands in two sections; the trainer takes the last one` });
    }
    flat[name] = value;
  };
  for (const [key, value] of Object.entries(tree)) {
    if (isJsonObject(value)) for (const [name, inner] of Object.entries(value)) add(name, inner);
    else add(key, value);
  }
  return flat;
}

/** The free text of the lora-scripts GUI, which overrides every other key before the trainer sees the file. */
function withCustomParams(tree: Tree, warn: Warn): Tree {
  const custom = text(tree['ui_custom_params']);
  if (custom === undefined) return tree;
  warn({
    code: 'OVERRIDDEN',
    path: 'ui_custom_params',
    message: 'ui_custom_params override the keys of the same name, as they do in the GUI',
  });
  const { ui_custom_params: _merged, ...rest } = tree;
  return { ...rest, ...parseToml(custom).root };
}
