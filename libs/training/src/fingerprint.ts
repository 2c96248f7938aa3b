import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { dotted } from './formats/paths.js';
import type { JsonValue } from './json.js';
import type { LoraConfig } from './lora-config.js';
import { normaliseParams } from './shared-params.js';

/** Extra parameters that say where things go, what they are called or how often they are saved, never what is learned. */
const NOT_THE_EXPERIMENT = new Set([
  'output_dir',
  'output_name',
  'logging_dir',
  'log_prefix',
  'log_with',
  'log_tracker_name',
  'log_tracker_config',
  'wandb_run_name',
  'run_name',
  'training_comment',
  'metadata_title',
  'metadata_author',
  'metadata_description',
  'metadata_license',
  'metadata_tags',
  'report_to',
  'job_name',
  'description',
  'comment',
  'save_steps',
  'save_every_n_epochs',
  'model_family',
]);

/**
 * SHA-256 (64 hex digits) of what decides the result of a training: the canonical configuration without names, owner,
 * output places and notes. Key order, absent and `null` values make no difference; 1 and 1.0 are the same number; shared
 * parameters count in their normal form; nested objects count as dotted keys; notes about the source file (`$…`) do not count.
 * The base model is its path where there is one, because a name is only derived from it.
 */
export function fingerprint(config: LoraConfig): string {
  const { outputPath: _place, modelName, modelPath, extraParams, ...rest } = config;
  const extras = Object.entries(normaliseParams(dotted(extraParams))).filter(
    ([key]) => !NOT_THE_EXPERIMENT.has(key) && !key.startsWith('$'),
  );
  const experiment = { ...rest, model: modelPath ?? modelName, extraParams: Object.fromEntries(extras.map(withoutOrder)) };
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(experiment))));
}

/** PEFT writes the modules in whatever order its set has. */
function withoutOrder([key, value]: [string, JsonValue]): [string, JsonValue] {
  return key === 'target_modules' && Array.isArray(value) ? [key, value.map(String).sort()] : [key, value];
}

/** JSON with sorted keys and without `null` members: one text for equal values. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, child]) => child !== null && child !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => `${JSON.stringify(key)}:${canonicalJson(child)}`);
  return `{${members.join(',')}}`;
}
