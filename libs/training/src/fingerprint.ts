import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { JsonValue } from './json.js';
import type { LoraConfig } from './lora-config.js';

/** Extra parameters that say where things go or what they are called, never what is learned. */
const NOT_THE_EXPERIMENT = new Set([
  'output_dir', 'output_name', 'logging_dir', 'log_prefix', 'log_with', 'log_tracker_name', 'log_tracker_config', 'wandb_run_name', 'run_name',
  'training_comment', 'metadata_title', 'metadata_author', 'metadata_description', 'metadata_license', 'metadata_tags',
  'report_to', 'job_name', 'description', 'comment',
]);

/**
 * SHA-256 (64 hex digits) of what decides the result of a training: the canonical configuration without names, owner,
 * output places and notes. Key order, absent and `null` values make no difference; 1 and 1.0 are the same number.
 */
export function fingerprint(config: LoraConfig): string {
  const { outputPath: _place, extraParams, ...rest } = config;
  const extras = Object.fromEntries(Object.entries(extraParams).filter(([key]) => !NOT_THE_EXPERIMENT.has(key)));
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ ...rest, extraParams: extras }))));
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
