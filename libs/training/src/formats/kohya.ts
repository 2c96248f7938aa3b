import { isJsonObject, type JsonObject } from '../json.js';
import { boolean, fractionOf, lookUp, number, percentOf, text } from '../values.js';
import { foldArgs, unfoldArgs } from './args-lists.js';
import type { FormatDefinition, Row, Tree } from './format.js';
import { baseModel, fileNameOf, numeric, row, share, shared, startFrom, textual } from './rows.js';
import { argument, DATA, LEARNING_RATES, SAVING } from './sd-scripts.js';
import { MIXED_PRECISION, OPTIMIZER, sdResolution, TARGETS } from './sd-words.js';

/** The display texts of the GUI and the network type each of them starts. */
const LORA_TYPES: Readonly<Record<string, string>> = {
  'Kohya DyLoRA': 'dylora',
  'LoRA-FA': 'lora_fa',
  'Flux1 OFT': 'oft',
  'LyCORIS/LoCon': 'locon',
  'LyCORIS/LoHa': 'loha',
  'LyCORIS/LoKr': 'lokr',
  'LyCORIS/DyLoRA': 'dylora',
  'LyCORIS/iA3': 'ia3',
  'LyCORIS/Diag-OFT': 'diag-oft',
  'LyCORIS/BOFT': 'boft',
  'LyCORIS/GLoRA': 'glora',
  'LyCORIS/Native Fine-Tuning': 'full',
};
const PLAIN = new Set(['Standard', 'Flux1', 'SD3', 'Kohya LoCon']);
const FAMILY_FLAGS: Readonly<Record<string, string>> = { sdxl: 'sdxl', flux1_checkbox: 'flux', sd3_checkbox: 'sd3' };

/**
 * The kind of network decides whether the GUI passes the convolution keys on at all: they have values (1) for `Standard` too,
 * which mean nothing there.
 */
const NETWORK: Row = {
  keys: ['LoRA_type', 'conv_dim', 'conv_alpha', ...Object.keys(FAMILY_FLAGS)],
  means: ['network_type', 'model_family', 'conv_dim', 'conv_alpha'],
  hasDefaults: true,
  read: (found) => {
    const type = text(found['LoRA_type']) ?? 'Standard';
    const usesConvolution = type === 'Kohya LoCon' || type.startsWith('LyCORIS/');
    const flag = Object.keys(FAMILY_FLAGS).find((key) => boolean(found[key]) === true);
    return {
      network_type: PLAIN.has(type) ? undefined : unlessPlain(lookUp(LORA_TYPES, type) ?? type.replace(/^LyCORIS\//, '').toLowerCase()),
      model_family: flag === undefined ? familyOf(type) : FAMILY_FLAGS[flag],
      conv_dim: usesConvolution ? number(found['conv_dim']) : undefined,
      conv_alpha: usesConvolution ? number(found['conv_alpha']) : undefined,
    };
  },
  write: (meaning) => ({
    LoRA_type: loraType(meaning),
    conv_dim: meaning['conv_dim'],
    conv_alpha: meaning['conv_alpha'],
    ...Object.fromEntries(
      Object.entries(FAMILY_FLAGS)
        .filter(([, family]) => family === meaning['model_family'])
        .map(([key]) => [key, true]),
    ),
  }),
};

function unlessPlain(type: string): string | undefined {
  return type === 'lora' ? undefined : type;
}

function familyOf(type: string): string | undefined {
  return type.startsWith('Flux1') ? 'flux' : type === 'SD3' ? 'sd3' : undefined;
}

function loraType({ network_type: type, model_family: family, conv_dim: convDim }: JsonObject): string {
  if (type === undefined)
    return convDim !== undefined ? 'Kohya LoCon' : family === 'flux' ? 'Flux1' : family === 'sd3' ? 'SD3' : 'Standard';
  return (
    Object.entries(LORA_TYPES).find(([text, ours]) => ours === type && (familyOf(text) ?? family) === family)?.[0] ??
    `LyCORIS/${typeof type === 'string' ? type : ''}`
  );
}

/** Epochs given as such win; otherwise steps, unless they are 0: then the GUI computes them from `epoch`. */
const DURATION: Row = {
  keys: ['max_train_epochs', 'max_train_steps', 'epoch'],
  means: ['epochs', 'maxSteps'],
  read: (found) => {
    const [epochs, steps, epoch] = ['max_train_epochs', 'max_train_steps', 'epoch'].map((key) => number(found[key]) ?? 0);
    if (epochs) return { epochs };
    return steps ? { maxSteps: steps } : { epochs: epoch || undefined };
  },
  write: ({ epochs, maxSteps }) =>
    typeof epochs === 'number' ? { epoch: Math.ceil(epochs), max_train_steps: 0 } : { max_train_steps: maxSteps },
};

/** `lr_warmup` is in percent of the run; `lr_warmup_steps` overrides it. */
const WARMUP: Row = {
  keys: ['lr_warmup', 'lr_warmup_steps'],
  means: ['warmup_steps', 'warmup_ratio'],
  read: (found) => {
    const steps = number(found['lr_warmup_steps']);
    if (steps) return steps < 1 ? { warmup_ratio: steps } : { warmup_steps: steps };
    const percent = number(found['lr_warmup']);
    const ratio = percent === undefined ? 0 : fractionOf(percent);
    return ratio ? { warmup_ratio: ratio } : { warmup_steps: percent === undefined ? steps : 0 };
  },
  write: ({ warmup_steps: steps, warmup_ratio: ratio }) => {
    if (typeof steps === 'number') return steps === 0 ? { lr_warmup: 0 } : { lr_warmup_steps: steps };
    return { lr_warmup: typeof ratio === 'number' ? percentOf(ratio) : undefined };
  },
};

/** The flat JSON that the kohya_ss GUI saves. It drops empty, false and zero values before the trainer sees them, so these mean "not given". */
export const KOHYA: FormatDefinition = {
  title: 'kohya_ss',
  syntaxes: ['json'],
  extras: 'dotted',
  dialects: ['sd-scripts'],
  score: (tree) => {
    const marks = share(tree, ['max_resolution', 'lr_warmup', 'epoch', 'pretrained_model_name_or_path', 'network_dim']);
    const rest = marks + 0.2 * share(tree, ['LyCORIS_preset', 'optimizer', 'stop_text_encoder_training', 'additional_parameters']);
    return Math.min(1, Object.hasOwn(tree, 'LoRA_type') ? 0.6 + 0.4 * rest : 0.9 * rest);
  },
  rows: [
    baseModel('pretrained_model_name_or_path'),
    NETWORK,
    numeric('loraRank', 'network_dim', [0]),
    numeric('loraAlpha', 'network_alpha', [0]),
    numeric('network_dropout', 'network_dropout', [0]),
    numeric('rank_dropout', 'rank_dropout', [0]),
    numeric('module_dropout', 'module_dropout', [0]),
    numeric('loraplus_lr_ratio', 'loraplus_lr_ratio', [0]),
    row('use_dora', 'dora_wd', (value) => (boolean(value) === true ? true : undefined)),
    TARGETS,
    ...LEARNING_RATES,
    numeric('batchSize', 'train_batch_size', [0]),
    DURATION,
    numeric('gradient_accumulation_steps', 'gradient_accumulation_steps', [0]),
    shared('gradient_checkpointing'),
    OPTIMIZER('optimizer'),
    argument('weight_decay', 'optimizer_args', 'weight_decay'),
    numeric('max_grad_norm', 'max_grad_norm'),
    shared('lr_scheduler'),
    numeric('lr_scheduler_num_cycles', 'lr_scheduler_num_cycles', [0]),
    WARMUP,
    numeric('seed', 'seed', [0]),
    row('resolution', 'max_resolution', sdResolution.read, sdResolution.write),
    MIXED_PRECISION,
    DATA,
    shared('caption_extension'),
    textual('outputPath', 'output_dir'),
    row('name', 'output_name', text, (value) => (typeof value === 'string' ? fileNameOf(value) : undefined)),
    ...SAVING,
    startFrom('network_weights', 'resume'),
    shared('logging_dir'),
    shared('log_with'),
    textual('run_name', 'wandb_run_name'),
  ],
  open: unfoldArgs,
  close: (tree) => oneLine(foldArgs(tree)),
  unfold: unfoldArgs,
  defaults: { loraAlpha: 1 },
};

/** The GUI keeps arguments in one text field. */
function oneLine(tree: Tree): Tree {
  const lines = Object.entries(tree).filter(([key, value]) => key.endsWith('_args') && Array.isArray(value) && !value.some(isJsonObject));
  return { ...tree, ...Object.fromEntries(lines.map(([key, value]) => [key, (value as readonly string[]).join(' ')])) };
}
