import fc from 'fast-check';
import { completeConfig, type ConfigFormat, type JsonValue, type LoraConfig } from '../../src/index.js';
import { modelNameOf } from '../../src/formats/rows.js';

/** What a format has words for; the rest of a config is told as a warning, which other tests show. */
export interface Capabilities {
  epochs: 'fractions' | 'whole' | 'none';
  steps: boolean;
  /** Whether both may be given at once. */
  both?: boolean;
  seed: 'any' | 'positive' | 'none';
  metadata: boolean;
  /** Resuming a trainer's state by its path. */
  state: boolean;
  params: readonly (keyof typeof PARAMS)[];
  /** Keys the trainer does not share with others. */
  own?: 'flat' | 'nested';
}

const rate = fc.double({ min: 1e-8, max: 10, noNaN: true });
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const count = fc.integer({ min: 1, max: 10_000 });

/** Values in their normal form. */
export const PARAMS = {
  network_type: fc.constantFrom('loha', 'lokr'),
  use_dora: fc.boolean(),
  use_rslora: fc.boolean(),
  network_dropout: fraction.filter((x) => x > 0),
  conv_dim: count,
  conv_alpha: rate,
  target_modules: fc.oneof(
    fc.constant<JsonValue>('all'),
    fc.uniqueArray(fc.constantFrom('q_proj', 'k_proj', 'v_proj', 'o_proj'), { minLength: 1 }),
  ),
  train_unet: fc.boolean(),
  unet_lr: rate,
  text_encoder_lr: rate,
  gradient_accumulation_steps: count,
  gradient_checkpointing: fc.boolean(),
  optimizer: fc.constantFrom('adamw', 'adamw8bit', 'adafactor', 'prodigy', 'lion', 'some_new_one'.replaceAll('_', '')),
  weight_decay: fraction,
  lr_scheduler: fc.constantFrom('constant', 'linear', 'cosine', 'cosine_with_restarts'),
  max_grad_norm: fc.double({ min: 0.01, max: 100, noNaN: true }),
  warmup_steps: fc.integer({ min: 2, max: 10_000 }),
  warmup_ratio: fc.double({ min: 0.001, max: 0.999, noNaN: true }).map((x) => Number(x.toPrecision(6))),
  resolution: fc.oneof<fc.Arbitrary<JsonValue>[]>(fc.integer({ min: 64, max: 4096 }), fc.constant('768x512')),
  square: fc.integer({ min: 64, max: 4096 }),
  sequence_length: count,
  mixed_precision: fc.constantFrom('no', 'fp16', 'bf16'),
  caption_extension: fc.constantFrom('.txt', '.caption'),
  save_steps: count,
} as const;

const IMAGE: readonly (keyof typeof PARAMS)[] = [
  'network_type',
  'network_dropout',
  'conv_dim',
  'conv_alpha',
  'unet_lr',
  'text_encoder_lr',
  'gradient_accumulation_steps',
  'gradient_checkpointing',
  'optimizer',
  'weight_decay',
  'lr_scheduler',
  'max_grad_norm',
  'warmup_steps',
  'warmup_ratio',
  'resolution',
  'mixed_precision',
  'caption_extension',
  'save_steps',
];
const TEXT: readonly (keyof typeof PARAMS)[] = [
  'network_type',
  'use_dora',
  'use_rslora',
  'network_dropout',
  'target_modules',
  'gradient_accumulation_steps',
  'gradient_checkpointing',
  'optimizer',
  'weight_decay',
  'lr_scheduler',
  'max_grad_norm',
  'warmup_steps',
  'warmup_ratio',
  'sequence_length',
  'mixed_precision',
  'save_steps',
];
const without = (names: readonly (keyof typeof PARAMS)[], ...missing: string[]): (keyof typeof PARAMS)[] =>
  names.filter((name) => !missing.includes(name));

export const CAPABILITIES: Readonly<Record<Exclude<ConfigFormat, 'peft'>, Capabilities>> = {
  ledger: {
    epochs: 'fractions',
    steps: true,
    both: true,
    seed: 'any',
    metadata: true,
    state: true,
    params: [...IMAGE, 'use_dora', 'target_modules', 'sequence_length'],
    own: 'nested',
  },
  'lora-scripts': {
    epochs: 'fractions',
    steps: true,
    both: true,
    seed: 'any',
    metadata: true,
    state: true,
    params: [...IMAGE, 'use_dora', 'target_modules', 'sequence_length'],
    own: 'nested',
  },
  'sd-scripts': { epochs: 'whole', steps: true, seed: 'any', metadata: true, state: true, params: IMAGE, own: 'flat' },
  kohya: {
    epochs: 'whole',
    steps: true,
    seed: 'positive',
    metadata: false,
    state: true,
    params: without(IMAGE, 'conv_alpha'),
    own: 'nested',
  },
  'ai-toolkit': {
    epochs: 'none',
    steps: true,
    seed: 'any',
    metadata: true,
    state: false,
    params: [...without(IMAGE, 'network_type', 'warmup_ratio', 'resolution'), 'square', 'train_unet'],
    own: 'nested',
  },
  onetrainer: {
    epochs: 'whole',
    steps: false,
    seed: 'none',
    metadata: true,
    state: false,
    params: [...without(IMAGE, 'conv_dim', 'conv_alpha', 'caption_extension', 'gradient_checkpointing'), 'use_dora', 'train_unet'],
    own: 'nested',
  },
  'llama-factory': {
    epochs: 'fractions',
    steps: true,
    seed: 'any',
    metadata: false,
    state: true,
    params: without(TEXT, 'network_type'),
    own: 'nested',
  },
  axolotl: {
    epochs: 'fractions',
    steps: true,
    seed: 'any',
    metadata: true,
    state: true,
    params: without(TEXT, 'network_type'),
    own: 'nested',
  },
};

/** What both formats can say. */
export function common(a: Capabilities, b: Capabilities): Capabilities {
  const epochs = [a.epochs, b.epochs].includes('none') ? 'none' : [a.epochs, b.epochs].includes('whole') ? 'whole' : 'fractions';
  const seed = [a.seed, b.seed].includes('none') ? 'none' : [a.seed, b.seed].includes('positive') ? 'positive' : 'any';
  return {
    epochs,
    steps: a.steps && b.steps,
    seed,
    metadata: a.metadata && b.metadata,
    state: a.state && b.state,
    params: a.params.filter((name) => b.params.includes(name)),
  };
}

/** Text that any syntax can carry and that no format reads as "none". */
const path = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter(
    (text) =>
      /^[^\s\p{C}][^\p{C}]*$/u.test(text) &&
      text.trim() === text &&
      !/^(?:none|null|[\d.]+)$/i.test(text) &&
      !text.includes('://') &&
      !text.includes('='),
  );
const ownValue = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Number.isInteger(x)),
  path,
  fc.array(path, { maxLength: 3 }),
  fc.array(fc.integer(), { maxLength: 3 }),
);
const ownKeys = {
  flat: fc.dictionary(fc.stringMatching(/^x_[a-z]{1,8}$/), ownValue, { maxKeys: 4 }),
  nested: fc.dictionary(fc.stringMatching(/^x_[a-z]{1,8}(\.[a-z]{1,5})?$/), ownValue, { maxKeys: 4 }),
};

/** A configuration that says only what these capabilities can. */
export function configOf(can: Capabilities): fc.Arbitrary<LoraConfig> {
  const optional = <T>(allowed: boolean, values: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
    allowed ? fc.option(values) : fc.constant(null);
  const epochs = can.epochs === 'fractions' ? fc.double({ min: 0.1, max: 1000, noNaN: true }) : fc.integer({ min: 1, max: 1000 });
  const durations = [
    ...(can.epochs === 'none' ? [] : [fc.record({ epochs, maxSteps: fc.constant(null) })]),
    ...(can.steps ? [fc.record({ epochs: fc.constant(null), maxSteps: count })] : []),
    ...(can.both ? [fc.record({ epochs, maxSteps: count })] : []),
  ];
  const params = fc.record(
    Object.fromEntries(can.params.filter((name) => name !== 'square').map((name) => [name, PARAMS[name] as fc.Arbitrary<JsonValue>])),
    { requiredKeys: [] },
  );
  return fc
    .record({
      modelPath: path,
      loraRank: count,
      loraAlpha: fc.double({ min: 0.01, max: 1000, noNaN: true }),
      learningRate: rate,
      batchSize: count,
      duration: fc.oneof(...durations),
      seed: optional(can.seed !== 'none', fc.integer({ min: can.seed === 'positive' ? 1 : 0, max: Number.MAX_SAFE_INTEGER })),
      trainDataDir: path,
      metadataPath: optional(can.metadata, path),
      outputPath: optional(
        true,
        path.filter((text) => !/\.(?:safetensors|ckpt|pt)$/.test(text)),
      ),
      start: fc.oneof(
        fc.constant({}),
        path.map((resumeFrom) => ({ resumeFrom, incremental: true })),
        ...(can.state ? [path.map((resumeFrom) => ({ resumeFrom, incremental: false }))] : []),
      ),
      params,
      square: fc.option(PARAMS.square),
      own: can.own ? ownKeys[can.own] : fc.constant({}),
    })
    .map(({ duration, start, params: shared, square, own, ...fields }) =>
      completeConfig({
        ...fields,
        ...duration,
        ...start,
        modelName: modelNameOf(fields.modelPath),
        extraParams: {
          ...tidy(shared),
          ...(can.params.includes('square') && square !== null ? { resolution: square } : {}),
          ...withoutPrefixes(own),
        },
      }),
    );
}

/** Parameters that name the same thing twice would not come back both. */
function tidy(params: Record<string, JsonValue | undefined>): Record<string, JsonValue> {
  const { warmup_ratio: ratio, ...rest } = params;
  const chosen = rest['warmup_steps'] === undefined && ratio !== undefined ? { ...rest, warmup_ratio: ratio } : rest;
  if (chosen['conv_dim'] !== undefined) delete chosen['network_type'];
  return Object.fromEntries(Object.entries(chosen).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}

/** `x` and `x.y` cannot both be keys of one nested file. */
function withoutPrefixes(own: Record<string, JsonValue>): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(own).filter(([key]) => !Object.keys(own).some((other) => other.startsWith(`${key}.`))));
}
