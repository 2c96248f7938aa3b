import type { JsonObject } from './json.js';

/**
 * The canonical parameters of one LoRA training, the same for every trainer.
 * Whatever a trainer knows beyond these stands in `extraParams` under the trainer's own key, with its type kept.
 */
export interface LoraConfig {
  /** Human name of the base model: its file name without extension, or its hub repository. */
  modelName: string;
  /** Where the trainer finds the base model: a path on its host or a hub repository. */
  modelPath: string | null;
  /** Inner dimension of the adapter matrices (rank, "dim", "r"). */
  loraRank: number;
  /** Scaling numerator: the update is scaled by alpha / rank. */
  loraAlpha: number;
  learningRate: number;
  /** Samples per device and step, before gradient accumulation. */
  batchSize: number;
  /** Passes over the data; fractions are allowed, as LLM trainers do. Either this or `maxSteps` is set. */
  epochs: number | null;
  /** Optimizer steps. */
  maxSteps: number | null;
  /** `null`: the trainer chooses, and the run cannot be repeated exactly. */
  seed: number | null;
  trainDataDir: string;
  /** Captions or samples beside the data: a CSV, JSON or JSON-lines file. */
  metadataPath: string | null;
  /** Where the person wants the result; a wish, not an identity: two runs may name the same place. */
  outputPath: string | null;
  /** Whether training goes on from existing adapter weights. */
  incremental: boolean;
  /** The adapter weights or the trainer state to go on from. */
  resumeFrom: string | null;
  extraParams: JsonObject;
}

interface NumberField {
  readonly kind: 'integer' | 'number';
  readonly min: number;
  readonly max: number;
  /** The bound itself is not allowed: a learning rate of 0 trains nothing. */
  readonly minExclusive?: boolean;
  readonly required: boolean;
}

interface TextField {
  readonly kind: 'text' | 'path';
  readonly max: number;
  readonly required: boolean;
}

export type ConfigField = NumberField | TextField | { readonly kind: 'boolean'; readonly required: boolean };

/**
 * Type and bounds of every field, read by the request classes, by the form and by the importers.
 * The upper bounds are far beyond any sensible run: they catch a slipped decimal, not an ambitious idea.
 */
export const CONFIG_FIELDS = {
  modelName: { kind: 'text', max: 300, required: true },
  modelPath: { kind: 'path', max: 1000, required: false },
  loraRank: { kind: 'integer', min: 1, max: 4096, required: true },
  loraAlpha: { kind: 'number', min: 0, minExclusive: true, max: 65536, required: false },
  learningRate: { kind: 'number', min: 0, minExclusive: true, max: 1000, required: true },
  batchSize: { kind: 'integer', min: 1, max: 65536, required: true },
  epochs: { kind: 'number', min: 0, minExclusive: true, max: 100_000, required: false },
  maxSteps: { kind: 'integer', min: 1, max: 100_000_000, required: false },
  seed: { kind: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER, required: false },
  trainDataDir: { kind: 'path', max: 1000, required: true },
  metadataPath: { kind: 'path', max: 1000, required: false },
  outputPath: { kind: 'path', max: 1000, required: false },
  incremental: { kind: 'boolean', required: false },
  resumeFrom: { kind: 'path', max: 1000, required: false },
} as const satisfies Record<Exclude<keyof LoraConfig, 'extraParams'>, ConfigField>;

export type ConfigFieldName = keyof typeof CONFIG_FIELDS;
export const CONFIG_FIELD_NAMES = Object.keys(CONFIG_FIELDS) as ConfigFieldName[];

/** Bounds of `extraParams` as a whole: real configurations stay below a tenth of them. */
export const EXTRA_PARAMS_LIMITS = { keys: 1000, depth: 16, keyLength: 200, bytes: 512 * 1024 } as const;

/** A configuration as people submit it: what is absent takes its default in {@link completeConfig}. */
export type ConfigDraft = Partial<LoraConfig>;

/**
 * The configuration that is stored and run. `draft` must have passed {@link checkConfig}.
 * Alpha defaults to the rank (a scale of 1), the one default that does not change the update when only the rank is varied.
 */
export function completeConfig(
  draft: ConfigDraft & Pick<LoraConfig, 'modelName' | 'loraRank' | 'learningRate' | 'batchSize' | 'trainDataDir'>,
): LoraConfig {
  const resumeFrom = textOrNull(draft.resumeFrom);
  return {
    modelName: draft.modelName,
    modelPath: textOrNull(draft.modelPath),
    loraRank: draft.loraRank,
    loraAlpha: draft.loraAlpha ?? draft.loraRank,
    learningRate: draft.learningRate,
    batchSize: draft.batchSize,
    epochs: draft.epochs ?? null,
    maxSteps: draft.maxSteps ?? null,
    seed: draft.seed ?? null,
    trainDataDir: draft.trainDataDir,
    metadataPath: textOrNull(draft.metadataPath),
    outputPath: textOrNull(draft.outputPath),
    incremental: draft.incremental ?? resumeFrom !== null,
    resumeFrom,
    extraParams: draft.extraParams ?? {},
  };
}

/** An emptied input field means "not given". */
function textOrNull(value: string | null | undefined): string | null {
  return value == null || value.trim() === '' ? null : value;
}
