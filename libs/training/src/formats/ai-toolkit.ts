import { isJsonObject, type JsonObject, type JsonValue } from '../json.js';
import { boolean, lookUp, number, size, text } from '../values.js';
import type { FormatDefinition, Row, Tree } from './format.js';
import { baseModel, flag, networkType, never, numeric, row, shared, startFrom, textual, words } from './rows.js';

const ARCHITECTURES: Readonly<Record<string, JsonValue>> = { sd15: 'sd1', lumina: 'lumina2' };
/** The flags that stood for the architecture before `arch`. */
const FLAGS: Readonly<Record<string, string>> = {
  'model.is_flux': 'flux',
  'model.is_xl': 'sdxl',
  'model.is_v3': 'sd3',
  'model.is_v2': 'sd2',
};

const FAMILY: Row = {
  keys: ['model.arch', ...Object.keys(FLAGS)],
  means: ['model_family'],
  read: (found) => {
    const architecture = text(found['model.arch'])?.toLowerCase();
    const flagged = Object.keys(FLAGS).find((key) => boolean(found[key]) === true);
    const known = Object.entries(ARCHITECTURES).find(([, theirs]) => theirs === architecture)?.[0];
    return { model_family: known ?? architecture ?? (flagged === undefined ? undefined : FLAGS[flagged]) };
  },
  write: ({ model_family: family }) => ({
    'model.arch': typeof family === 'string' ? (lookUp(ARCHITECTURES, family) ?? family) : undefined,
  }),
};

/** `rank` is the old name and wins where both are given. */
function renamed(name: string, key: string, old: string, oldWins: boolean): Row {
  return {
    keys: [key, old],
    means: [name],
    read: (found) => {
      const [recent, past] = [number(found[key]), number(found[old])];
      return { [name]: oldWins ? (past ?? recent) : (recent ?? past) };
    },
    write: (meaning) => ({ [key]: meaning[name] }),
  };
}

/**
 * With the old `gradient_accumulation_steps` every micro-batch counts as a step; with `gradient_accumulation` a step is an
 * optimizer step, which is what the Ledger counts.
 */
const STEPS: Row = {
  keys: ['train.steps', 'train.gradient_accumulation_steps', 'train.gradient_accumulation'],
  means: ['maxSteps', 'gradient_accumulation_steps'],
  read: (found) => {
    const steps = number(found['train.steps']);
    const [micro, proper] = [number(found['train.gradient_accumulation_steps']), number(found['train.gradient_accumulation'])];
    if (proper !== undefined && proper > 1) return { maxSteps: steps, gradient_accumulation_steps: proper };
    if (micro === undefined || micro < 1) return { maxSteps: steps, gradient_accumulation_steps: micro === undefined ? proper : undefined };
    return { maxSteps: steps === undefined ? undefined : Math.max(1, Math.floor(steps / micro)), gradient_accumulation_steps: micro };
  },
  write: ({ maxSteps, gradient_accumulation_steps: accumulation }) => ({
    'train.steps': maxSteps,
    [accumulation === 1 ? 'train.gradient_accumulation_steps' : 'train.gradient_accumulation']: accumulation,
  }),
};

/** The data is a folder, or a JSON file that lists images with captions, or both. */
const DATA: Row = {
  keys: ['datasets.0.folder_path', 'datasets.0.dataset_path'],
  means: ['trainDataDir', 'metadataPath'],
  read: (found) => {
    const list = text(found['datasets.0.dataset_path']);
    return { trainDataDir: text(found['datasets.0.folder_path']) ?? list, metadataPath: list };
  },
  write: ({ trainDataDir, metadataPath }) => ({
    'datasets.0.folder_path': trainDataDir === metadataPath ? undefined : trainDataDir,
    'datasets.0.dataset_path': metadataPath,
  }),
};

/** One size or several squares; it buckets by area and knows no rectangles. */
const resolution = {
  read: (value: JsonValue | undefined): JsonValue | undefined => {
    if (!Array.isArray(value)) return size(value);
    const sizes = value.map((item: JsonValue) => size(item));
    return sizes.length === 0 || sizes.includes(undefined) ? undefined : sizes.length === 1 ? sizes[0] : (sizes as JsonValue[]);
  },
  write: (value: JsonValue | undefined): JsonValue | undefined => {
    const sizes: readonly (JsonValue | undefined)[] = Array.isArray(value) ? value : [value];
    return sizes.every((item) => typeof item === 'number') ? value : undefined;
  },
};

/** It stops at any other name. */
const SCHEDULERS = {
  constant: 'constant',
  linear: 'linear',
  cosine: 'cosine',
  cosine_with_restarts: 'cosine_with_restarts',
  constant_with_warmup: 'constant_with_warmup',
  step: 'step',
};

/** What nearly every file says; written where the config says nothing else. */
const USUAL = { job: 'extension', type: 'sd_trainer' } as const;

/**
 * ai-toolkit YAML or JSON: one job whose first process is the training. Keys are those of `config.process[0]`;
 * what stands around it has the prefix `file.`.
 */
export const AI_TOOLKIT: FormatDefinition = {
  title: 'ai-toolkit',
  syntaxes: ['yaml', 'json'],
  yaml11: true,
  extras: 'dotted',
  score: (tree) => {
    const config = tree['config'];
    if (!isJsonObject(config) || !Array.isArray(config['process'])) return 0;
    return Object.hasOwn(tree, 'job') ? 1 : 0.8;
  },
  rows: [
    baseModel('model.name_or_path'),
    FAMILY,
    networkType('network.type', { lora: 'lora', locon: 'locon', lokr: 'lokr' }),
    renamed('loraRank', 'network.linear', 'network.rank', true),
    renamed('loraAlpha', 'network.linear_alpha', 'network.alpha', false),
    numeric('network_dropout', 'network.dropout'),
    numeric('conv_dim', 'network.conv'),
    numeric('conv_alpha', 'network.conv_alpha'),
    flag('train_unet', 'train.train_unet'),
    flag('train_text_encoder', 'train.train_text_encoder'),
    numeric('learningRate', 'train.lr'),
    numeric('unet_lr', 'train.unet_lr'),
    numeric('text_encoder_lr', 'train.text_encoder_lr'),
    numeric('batchSize', 'train.batch_size'),
    STEPS,
    shared('gradient_checkpointing', 'train.gradient_checkpointing'),
    shared('optimizer', 'train.optimizer'),
    numeric('weight_decay', 'train.optimizer_params.weight_decay'),
    numeric('max_grad_norm', 'train.max_grad_norm'),
    words('lr_scheduler', 'train.lr_scheduler', SCHEDULERS, never),
    numeric('warmup_steps', 'train.lr_scheduler_params.num_warmup_steps'),
    numeric('seed', 'training_seed'),
    row('resolution', 'datasets.0.resolution', resolution.read, resolution.write),
    words('mixed_precision', 'train.dtype', { no: 'fp32', fp16: 'float16', bf16: 'bf16' }, never),
    DATA,
    row(
      'caption_extension',
      'datasets.0.caption_ext',
      (value) => text(value)?.replace(/^\.?/, '.'),
      (value) => (typeof value === 'string' ? value.slice(1) : undefined),
    ),
    numeric('num_repeats', 'datasets.0.num_repeats'),
    textual('outputPath', 'training_folder'),
    textual('name', 'file.config.name'),
    numeric('save_steps', 'save.save_every'),
    words('save_precision', 'save.dtype', { fp32: 'float32', fp16: 'float16', bf16: 'bf16' }, never),
    startFrom('network.pretrained_lora_path', ''),
    textual('logging_dir', 'log_dir'),
    textual('run_name', 'logging.run_name'),
  ],
  open: (tree, warn) => {
    const { config, ...around } = tree;
    const { process, ...settings } = isJsonObject(config) ? config : { process: undefined };
    const [first, ...others] = Array.isArray(process) ? (process as readonly JsonValue[]) : [];
    if (others.length > 0)
      warn({
        code: 'PARTLY_READ',
        path: 'config.process',
        message: 'the file holds several processes; the first one is the task, the others are kept',
      });
    const training: Tree = isJsonObject(first) ? { ...first } : {};
    if (training['type'] === USUAL.type) delete training['type'];
    if (around['job'] === USUAL.job) delete around['job'];
    const file = {
      ...around,
      ...(Object.keys(settings).length > 0 ? { config: settings } : {}),
      ...(others.length > 0 ? { process: others } : {}),
      ...(Object.hasOwn(training, 'file') ? { file: training['file'] ?? null } : {}),
    };
    return Object.keys(file).length > 0 ? { ...training, file } : training;
  },
  close: (tree) => {
    const { file, ...training } = tree;
    const surroundings: JsonObject = isJsonObject(file) ? file : {};
    const { job, config, process, file: inner, ...around } = surroundings;
    return {
      job: job ?? USUAL.job,
      config: {
        name: 'lora',
        ...(isJsonObject(config) ? config : {}),
        process: [
          { type: USUAL.type, ...training, ...(inner === undefined ? {} : { file: inner }) },
          ...(Array.isArray(process) ? (process as readonly JsonValue[]) : []),
        ],
      },
      ...around,
    };
  },
  defaults: { loraRank: 4, loraAlpha: 1, learningRate: 1e-6, batchSize: 1, maxSteps: 1000 },
};
