import { isJsonArray, type JsonObject, type JsonValue } from '../json.js';
import { boolean, lookUp, number, size, text } from '../values.js';
import type { FormatDefinition, Row } from './format.js';
import { baseModel, count, fileNameOf, flag, networkType, never, numeric, row, share, startFrom, textual, words } from './rows.js';

const MODEL_TYPES: Readonly<Record<string, string>> = {
  sd15: 'STABLE_DIFFUSION_15',
  sd2: 'STABLE_DIFFUSION_21',
  sdxl: 'STABLE_DIFFUSION_XL_10_BASE',
  sd3: 'STABLE_DIFFUSION_3',
  sd35: 'STABLE_DIFFUSION_35',
  flux: 'FLUX_DEV_1',
};
/** Families whose denoiser is a U-Net; the others have a transformer. */
const UNET_FAMILIES = new Set(['sd15', 'sd2', 'sdxl']);

/** The denoiser has a section of its own for each architecture; only the section of the model's architecture counts. */
const DENOISER: Row = {
  keys: ['model_type', 'unet.learning_rate', 'unet.train', 'transformer.learning_rate', 'transformer.train'],
  means: ['model_family', 'unet_lr', 'train_unet'],
  read: (found) => {
    const type = text(found['model_type']);
    const family = Object.entries(MODEL_TYPES).find(([, theirs]) => theirs === type)?.[0] ?? type?.toLowerCase();
    const part = partOf(family);
    return { model_family: family, unet_lr: number(found[`${part}.learning_rate`]), train_unet: boolean(found[`${part}.train`]) };
  },
  write: ({ model_family: family, unet_lr: rate, train_unet: train }) => {
    const part = partOf(family);
    return {
      model_type: typeof family === 'string' ? (lookUp(MODEL_TYPES, family) ?? family.toUpperCase()) : undefined,
      [`${part}.learning_rate`]: rate,
      [`${part}.train`]: train,
    };
  },
};

function partOf(family: JsonValue | undefined): string {
  return typeof family !== 'string' || UNET_FAMILIES.has(family) || family.startsWith('stable_diffusion_') ? 'unet' : 'transformer';
}

const TEXT_ENCODERS = ['text_encoder', 'text_encoder_2', 'text_encoder_3', 'text_encoder_4'].map((part) => `${part}.learning_rate`);

/** One rate per encoder; a list only where there are several. */
const TEXT_ENCODER_RATES: Row = {
  keys: TEXT_ENCODERS,
  means: ['text_encoder_lr'],
  read: (found) => {
    const rates = TEXT_ENCODERS.map((key) => number(found[key]));
    const used = rates.slice(0, rates.findLastIndex((rate) => rate !== undefined) + 1);
    if (used.length === 0 || used.includes(undefined)) return {};
    return { text_encoder_lr: used.length === 1 ? used[0] : (used as number[]) };
  },
  write: ({ text_encoder_lr: rates }) => {
    const list: readonly JsonValue[] = Array.isArray(rates) ? rates : rates === undefined ? [] : [rates];
    return Object.fromEntries(list.slice(0, TEXT_ENCODERS.length).map((rate, index) => [TEXT_ENCODERS[index] ?? '', rate]));
  },
};

/** The first concept's folder, or the file that holds the concepts. */
const DATA: Row = {
  keys: ['concepts.0.path', 'concept_file_name'],
  means: ['trainDataDir', 'dataset_config'],
  read: (found) => {
    const path = text(found['concepts.0.path']);
    const file = text(found['concept_file_name']);
    return path === undefined ? { trainDataDir: file, dataset_config: file } : { trainDataDir: path };
  },
  write: (meaning) =>
    meaning['dataset_config'] !== undefined && meaning['dataset_config'] === meaning['trainDataDir']
      ? { concept_file_name: meaning['dataset_config'] }
      : { 'concepts.0.path': meaning['trainDataDir'] },
};

/** A file in the folder, where other trainers take the two apart. */
const OUTPUT: Row = {
  keys: ['output_model_destination'],
  means: ['outputPath', 'name'],
  read: (found) => {
    const path = text(found['output_model_destination']);
    const file = path === undefined ? null : /^(?:(.*)[\\/])?([^\\/]+)\.(?:safetensors|ckpt|pt)$/s.exec(path);
    return file ? { outputPath: file[1] ?? '.', name: file[2] } : { outputPath: path };
  },
  write: ({ outputPath, name }) => ({
    output_model_destination:
      typeof outputPath === 'string' ? `${outputPath}/${fileNameOf(typeof name === 'string' ? name : 'lora')}.safetensors` : undefined,
  }),
};

/** Above 1 steps, up to 1 a fraction of the run. */
const WARMUP: Row = {
  keys: ['learning_rate_warmup_steps'],
  means: ['warmup_steps', 'warmup_ratio'],
  read: (found) => {
    const amount = number(found['learning_rate_warmup_steps']);
    return amount !== undefined && amount > 0 && amount <= 1 ? { warmup_ratio: amount } : { warmup_steps: amount };
  },
  write: ({ warmup_steps: steps, warmup_ratio: ratio }) => ({ learning_rate_warmup_steps: steps ?? ratio }),
};

const SAVING: Row = {
  keys: ['save_every', 'save_every_unit'],
  means: ['save_steps', 'save_every_n_epochs'],
  read: (found) => {
    const every = number(found['save_every']);
    const unit = text(found['save_every_unit']);
    return { save_steps: unit === 'STEP' ? every : undefined, save_every_n_epochs: unit === 'EPOCH' ? every : undefined };
  },
  write: ({ save_steps: steps, save_every_n_epochs: epochs }) => {
    if (steps !== undefined) return { save_every: steps, save_every_unit: 'STEP' };
    return epochs === undefined ? {} : { save_every: epochs, save_every_unit: 'EPOCH' };
  },
};

/** Text: `512`, several squares `512,768`, or one rectangle `768x512` (width x height). */
const resolution = {
  read: (value: JsonValue | undefined): JsonValue | undefined => {
    const sizes = text(value)
      ?.split(',')
      .map((part) => size(part));
    if (sizes === undefined || sizes.includes(undefined)) return undefined;
    return sizes.length === 1 ? sizes[0] : (sizes as JsonValue[]);
  },
  write: (value: JsonValue | undefined): JsonValue | undefined =>
    isJsonArray(value)
      ? value.map((item) => (typeof item === 'object' ? '' : item)).join(',')
      : typeof value === 'number'
        ? String(value)
        : value,
};

const PRECISIONS = { no: 'FLOAT_32', fp16: 'FLOAT_16', bf16: 'BFLOAT_16', tf32: 'TFLOAT_32' };
const OPTIMIZERS = {
  adamw8bit: 'ADAMW_8BIT',
  adam8bit: 'ADAM_8BIT',
  lion8bit: 'LION_8BIT',
  adagrad8bit: 'ADAGRAD_8BIT',
  sgd8bit: 'SGD_8BIT',
  dadaptadam: 'DADAPT_ADAM',
  dadaptlion: 'DADAPT_LION',
  dadaptsgd: 'DADAPT_SGD',
  dadaptadagrad: 'DADAPT_ADA_GRAD',
  schedulefreeadamw: 'SCHEDULE_FREE_ADAMW',
  prodigyplusschedulefree: 'PRODIGY_PLUS_SCHEDULE_FREE',
};

/** Warm-up is a setting of its own here, so `constant_with_warmup` has no word. */
const SCHEDULERS = {
  constant: 'CONSTANT',
  linear: 'LINEAR',
  cosine: 'COSINE',
  cosine_with_restarts: 'COSINE_WITH_RESTARTS',
  cosine_with_hard_restarts: 'COSINE_WITH_HARD_RESTARTS',
  rex: 'REX',
  adafactor: 'ADAFACTOR',
};

/** The format's version we write; older files are migrated by the trainer from their own. */
const VERSION = 11;

/** OneTrainer JSON. It knows no steps and no seed; both are told as warnings when a config has them. */
export const ONETRAINER: FormatDefinition = {
  title: 'OneTrainer',
  syntaxes: ['json'],
  extras: 'dotted',
  score: (tree) =>
    Math.min(
      1,
      0.9 * share(tree, ['base_model_name', 'training_method', 'model_type', 'learning_rate_scheduler']) +
        (Object.hasOwn(tree, '__version') ? 0.3 : 0),
    ),
  rows: [
    baseModel('base_model_name'),
    DENOISER,
    networkType('peft_type', { lora: 'LORA', loha: 'LOHA', lokr: 'LOKR', oft: 'OFT_2' }),
    flag('use_dora', 'lora_decompose'),
    numeric('loraRank', 'lora_rank'),
    numeric('loraAlpha', 'lora_alpha'),
    numeric('network_dropout', 'dropout_probability'),
    flag('train_text_encoder', 'text_encoder.train'),
    numeric('learningRate', 'learning_rate'),
    TEXT_ENCODER_RATES,
    numeric('batchSize', 'batch_size'),
    count('epochs', 'epochs'),
    numeric('gradient_accumulation_steps', 'gradient_accumulation_steps'),
    // Since version 11 each part of the model has its own switch; the old common one is only read.
    {
      keys: ['gradient_checkpointing'],
      means: ['gradient_checkpointing'],
      read: (found) => ({ gradient_checkpointing: checkpointing(found) }),
      write: () => ({}),
    },
    words('optimizer', 'optimizer.optimizer', OPTIMIZERS, (ours) => ours.toUpperCase()),
    numeric('weight_decay', 'optimizer.weight_decay'),
    numeric('max_grad_norm', 'clip_grad_norm'),
    words('lr_scheduler', 'learning_rate_scheduler', SCHEDULERS, never),
    numeric('lr_scheduler_num_cycles', 'learning_rate_cycles'),
    WARMUP,
    row('resolution', 'resolution', resolution.read, resolution.write),
    words('mixed_precision', 'train_dtype', PRECISIONS, never),
    DATA,
    textual('metadataPath', 'concepts.0.text.prompt_path'),
    numeric('num_repeats', 'concepts.0.balancing'),
    OUTPUT,
    SAVING,
    words('save_precision', 'output_dtype', { ...PRECISIONS, fp32: 'FLOAT_32' }, never),
    startFrom('lora_model_name', ''),
  ],
  open: (tree, warn) => {
    const { __version: version, training_method: method, ...rest } = tree;
    if (typeof rest['optimizer'] === 'string') {
      warn({
        code: 'PARTLY_READ',
        path: '__version',
        message: 'a file of a very old OneTrainer; open and save it there once to get all of it',
      });
      rest['optimizer'] = { optimizer: rest['optimizer'] };
    }
    if (version !== undefined && version !== VERSION) rest['__version'] = version;
    if (method !== undefined && method !== 'LORA') rest['training_method'] = method;
    return rest;
  },
  close: (tree) => ({ __version: VERSION, training_method: 'LORA', ...tree }),
  defaults: { loraRank: 16, loraAlpha: 1, learningRate: 3e-6, batchSize: 1, epochs: 100 },
};

function checkpointing(found: JsonObject): boolean | undefined {
  const value = found['gradient_checkpointing'];
  return value === 'CPU_OFFLOADED' ? true : boolean(value);
}
