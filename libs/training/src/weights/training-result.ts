import { isJsonObject } from '../json.js';
import { jsonObject } from './python-text.js';
import { numberOf, textOf } from './sd-metadata.js';
import type { TensorFacts } from './tensors.js';

/** What a weights file says about the training that made it. Times are ISO-8601 UTC, hashes lower-case hex. */
export interface RecoveredResult {
  /** Optimizer steps done when the file was written. */
  steps?: number;
  epochs?: number;
  startedAt?: string;
  finishedAt?: string;
  /** SHA-256 of the bytes after the header: the same weights whatever their metadata. Only as true as the file. */
  modelHash?: string;
  /** The short hash of old web UIs; says little, files below 1 MiB all share one. */
  legacyHash?: string;
  /** SHA-256 of the base model's file. */
  baseModelHash?: string;
  trainImages?: number;
  /** Folder of the data → how often each of its images was used, how many there were. */
  datasetDirs?: Record<string, { repeats?: number; images?: number }>;
  /** Folder → tag → how many captions have it; the most frequent ones. */
  tagFrequency?: Record<string, Record<string, number>>;
  tensorCount: number;
  parameterCount: number;
  dtype?: string;
}

/** Tags kept per folder: enough to see what a model is about. */
const TAGS_PER_FOLDER = 200;
const FOLDERS = 100;

export function resultOf(metadata: ReadonlyMap<string, string>, facts: TensorFacts): RecoveredResult {
  const info = jsonObject(metadata.get('training_info')) ?? {};
  return withoutUndefined({
    steps: numberOf(metadata, 'ss_steps') ?? finite(info['step']),
    epochs: numberOf(metadata, 'ss_epoch') ?? finite(info['epoch']),
    startedAt: timeOf(numberOf(metadata, 'ss_training_started_at')),
    finishedAt: timeOf(numberOf(metadata, 'ss_training_finished_at')) ?? dateOf(textOf(metadata, 'modelspec.date')),
    modelHash: hexOf(textOf(metadata, 'sshs_model_hash'), 64) ?? hexOf(textOf(metadata, 'modelspec.hash_sha256'), 64),
    legacyHash: hexOf(textOf(metadata, 'sshs_legacy_hash'), 8),
    baseModelHash: hexOf(textOf(metadata, 'ss_new_sd_model_hash'), 64),
    trainImages: numberOf(metadata, 'ss_num_train_images'),
    datasetDirs: datasetDirsOf(metadata.get('ss_dataset_dirs')),
    tagFrequency: tagFrequencyOf(metadata.get('ss_tag_frequency')),
    tensorCount: facts.tensorCount,
    parameterCount: facts.parameterCount,
    dtype: facts.dtype,
  });
}

function withoutUndefined(result: RecoveredResult): RecoveredResult {
  return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined)) as unknown as RecoveredResult;
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Unix seconds; times before 2015 or far in the future are mistakes. */
function timeOf(seconds: number | undefined): string | undefined {
  return seconds !== undefined && seconds > 1.42e9 && seconds < 7.3e9 ? new Date(Math.round(seconds * 1000)).toISOString() : undefined;
}

/** ISO-8601; without a zone it is taken as UTC. */
function dateOf(text: string | undefined): string | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text))
    return undefined;
  const zoned = /T|\s/.test(text) && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text.replace(' ', 'T')}Z` : text.replace(' ', 'T');
  const time = new Date(zoned);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function hexOf(text: string | undefined, digits: number): string | undefined {
  const hex = text?.toLowerCase().replace(/^0x/, '');
  return hex !== undefined && hex.length === digits && /^[0-9a-f]+$/.test(hex) ? hex : undefined;
}

function datasetDirsOf(text: string | undefined): RecoveredResult['datasetDirs'] {
  const entries = Object.entries(jsonObject(text) ?? {})
    .slice(0, FOLDERS)
    .flatMap(([folder, facts]) => {
      if (!isJsonObject(facts) || folder === '__proto__') return [];
      const [repeats, images] = [finite(facts['n_repeats']), finite(facts['img_count'])];
      return [[folder, { ...(repeats === undefined ? {} : { repeats }), ...(images === undefined ? {} : { images }) }] as const];
    });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function tagFrequencyOf(text: string | undefined): RecoveredResult['tagFrequency'] {
  const folders = Object.entries(jsonObject(text) ?? {})
    .slice(0, FOLDERS)
    .flatMap(([folder, tags]) => {
      if (!isJsonObject(tags) || folder === '__proto__') return [];
      const counted = Object.entries(tags).filter(
        (entry): entry is [string, number] => finite(entry[1]) !== undefined && entry[0] !== '__proto__',
      );
      return [[folder, Object.fromEntries(counted.sort((a, b) => b[1] - a[1]).slice(0, TAGS_PER_FOLDER))] as const];
    });
  return folders.length > 0 ? Object.fromEntries(folders) : undefined;
}
