import type { JsonObject, JsonValue } from './json.js';
import { boolean, number, size, text } from './values.js';

/**
 * Parameters that several trainers know under different names and units. In `extraParams` they stand under the name and in
 * the unit given here, whatever file they came from, so that they can be searched, compared and written for another trainer.
 * Each function answers the normal form of a value, or `undefined` for one that makes no sense.
 */
export const SHARED_PARAMS = {
  /** Family of the base model: `sd15`, `sdxl`, `sd3`, `flux` … Follows from the model, so it is no part of the fingerprint. */
  model_family: lowerCase,
  /** `locon`, `loha`, `lokr`, `dylora`, `oft` …; absent for plain LoRA. */
  network_type: lowerCase,
  /** Fractions 0..1: of inputs, ranks, whole modules. */
  network_dropout: number,
  rank_dropout: number,
  module_dropout: number,
  /** Rank and alpha of convolutions. */
  conv_dim: number,
  conv_alpha: number,
  use_dora: boolean,
  use_rslora: boolean,
  /** `all`, or names of the modules that get an adapter; their order means nothing. */
  target_modules: moduleNames,
  /** Whether the denoiser (U-Net, transformer) and the text encoders get an adapter. */
  train_unet: boolean,
  train_text_encoder: boolean,
  unet_lr: number,
  /** One rate, or a list with one per text encoder. */
  text_encoder_lr: numberOrList,
  /** Learning rate of the B matrices over that of the A matrices. */
  loraplus_lr_ratio: number,
  /** Batches per optimizer step. */
  gradient_accumulation_steps: number,
  gradient_checkpointing: boolean,
  /** Lower case without separators or module path: `adamw8bit` for `bitsandbytes.optim.AdamW8bit`, `ADAMW_8BIT`. */
  optimizer: optimizerName,
  weight_decay: number,
  /** Lower case with underscores: `cosine_with_restarts`. */
  lr_scheduler: lowerCase,
  lr_scheduler_num_cycles: number,
  /** Optimizer steps; for a part of the run there is `warmup_ratio`. */
  warmup_steps: number,
  /** Fraction of the run, 0..1. */
  warmup_ratio: number,
  max_grad_norm: number,
  /** Pixels: a number for a square, `768x512` (width x height) for a rectangle, a list for several. */
  resolution: resolution,
  /** Tokens. */
  sequence_length: number,
  /** `no`, `fp16`, `bf16`, `tf32`, `auto`. */
  mixed_precision: precision,
  /** Of the written file; `fp32` where `mixed_precision` says `no`. */
  save_precision: (value: JsonValue) => {
    const name = precision(value);
    return name === 'no' ? 'fp32' : name;
  },
  /** With its dot: `.txt`. */
  caption_extension: (value: JsonValue) => (typeof value === 'string' && value !== '' ? `.${value.replace(/^\./, '')}` : undefined),
  /** How often each sample is used per epoch. */
  num_repeats: number,
  /** A file that describes the data, instead of a folder. */
  dataset_config: text,
  /** Optimizer steps or epochs from one saved file to the next. */
  save_steps: number,
  save_every_n_epochs: number,
  logging_dir: text,
  /** `tensorboard`, `wandb`, `mlflow` … */
  log_with: lowerCase,
  run_name: text,
} as const satisfies Record<string, (value: JsonValue) => JsonValue | undefined>;

export type SharedParam = keyof typeof SHARED_PARAMS;

export function isSharedParam(name: string): name is SharedParam {
  return Object.hasOwn(SHARED_PARAMS, name);
}

/**
 * `extraParams` with every shared parameter in its normal form, as a person may have typed `AdamW8bit` or `"512,512"`.
 * A value that makes no sense stays; a shared parameter that is `null` is left out. No warm-up is always `warmup_steps: 0`,
 * and plain LoRA needs no `network_type`.
 */
export function normaliseParams(params: JsonObject): Record<string, JsonValue> {
  const normal: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(params)) {
    if (!isSharedParam(name)) normal[name] = value;
    else if (value !== null) normal[name] = SHARED_PARAMS[name](value) ?? value;
  }
  if (normal['network_type'] === 'lora') delete normal['network_type'];
  if (normal['warmup_ratio'] === 0) {
    delete normal['warmup_ratio'];
    normal['warmup_steps'] ??= 0;
  }
  return normal;
}

function lowerCase(value: JsonValue): string | undefined {
  return text(value)?.trim().toLowerCase();
}

function numberOrList(value: JsonValue): JsonValue | undefined {
  if (!Array.isArray(value)) return number(value);
  const numbers = value.map((item: JsonValue) => number(item));
  return numbers.length > 0 && !numbers.includes(undefined) ? (numbers as number[]) : undefined;
}

function moduleNames(value: JsonValue): JsonValue | undefined {
  const names: readonly JsonValue[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  if (names.length === 0 || !names.every((name) => typeof name === 'string')) return undefined;
  const tidy = names.map((name) => name.trim()).filter((name) => name !== '');
  return tidy.length === 1 && /^all(?:[-_]linear)?$/.test(tidy[0] ?? '') ? 'all' : tidy.length > 0 ? tidy : undefined;
}

function optimizerName(value: JsonValue): string | undefined {
  const name = text(value)?.trim().split('.').at(-1)?.toLowerCase().replace(/[-_ ]/g, '');
  // Where the same algorithm runs is no different optimizer.
  return name
    ?.replace(/^adamwtorch(?:fused)?$/, 'adamw')
    .replace(/^(paged)?(adamw|lion)bnb8bit$/, '$1$28bit')
    .replace(/^(paged)?(adamw|lion)32bit$/, '$1$2');
}

function precision(value: JsonValue): string | undefined {
  const name = lowerCase(value)?.replace(/[_ ]|torch\./g, '');
  if (name === undefined) return undefined;
  const same: Record<string, string> = {
    float16: 'fp16',
    half: 'fp16',
    bfloat16: 'bf16',
    float32: 'no',
    fp32: 'no',
    float: 'no',
    none: 'no',
    false: 'no',
    tfloat32: 'tf32',
  };
  return Object.hasOwn(same, name) ? same[name] : name;
}

/** `1024`, `"1024"`, `"1024,1024"`, `"(1024, 1024)"`, `[1024, 1024]` (width, height) → 1024; several sizes are a list of lists or of numbers with three and more. */
function resolution(value: JsonValue): JsonValue | undefined {
  if (Array.isArray(value)) {
    const sizes = value.map((item: JsonValue) => size(item));
    return sizes.length > 0 && !sizes.includes(undefined) ? (sizes.length === 1 ? sizes[0] : (sizes as JsonValue[])) : undefined;
  }
  return size(value);
}
