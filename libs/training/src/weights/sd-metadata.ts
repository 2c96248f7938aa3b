import { isJsonObject, type JsonObject, type JsonValue } from '../json.js';
import type { Tree } from '../formats/format.js';
import { fromPythonText, jsonObject, jsonValue, pythonCall } from './python-text.js';

/** Facts about the run, its files and its data; everything else with the prefix `ss_` is a parameter. */
const NOT_PARAMETERS = new Set([
  'session_id',
  'training_started_at',
  'training_finished_at',
  'sd_scripts_commit_hash',
  'steps',
  'epoch',
  'num_batches_per_epoch',
  'num_train_images',
  'num_validation_images',
  'num_reg_images',
  'total_batch_size',
  'sd_model_hash',
  'new_sd_model_hash',
  'vae_hash',
  'new_vae_hash',
  'dataset_dirs',
  'reg_dataset_dirs',
  'tag_frequency',
  'bucket_info',
  'datasets',
  'v2',
  'base_model_version',
  'training_comment',
  'num_epochs',
  'max_train_steps',
  'batch_size_per_device',
  'sd_model_name',
]);

/** Names that differ from the option's. */
const OPTIONS: Readonly<Record<string, string>> = { learning_rate: 'learning_rate', vae_name: 'vae' };

/**
 * The `ss_*` metadata of sd-scripts as the configuration file it came from, as far as it can be known:
 * `None` was not given, only base names of paths are stored.
 */
export function sdConfigOf(metadata: ReadonlyMap<string, string>): Tree {
  const tree: Tree = {};
  for (const [key, value] of metadata) {
    const name = key.startsWith('ss_') ? key.slice(3) : '';
    if (name === '' || NOT_PARAMETERS.has(name) || name === 'optimizer' || name === 'network_args') continue;
    const parsed = fromPythonText(value);
    if (parsed !== null) tree[OPTIONS[name] ?? name] = parsed;
  }
  const dataset = firstDataset(metadata);
  return {
    ...tree,
    ...optimizerOf(metadata.get('ss_optimizer')),
    ...networkArgs(metadata.get('ss_network_args')),
    ...durationOf(metadata),
    ...members({
      pretrained_model_name_or_path: textOf(metadata, 'ss_sd_model_name'),
      train_batch_size: numberOf(metadata, 'ss_batch_size_per_device') ?? dataset['batch_size_per_device'],
      resolution: tree['resolution'] ?? dataset['resolution'],
      output_name: textOf(metadata, 'ss_output_name'),
      // The module name may be that of a demo or a fork; only its class of network is of use.
      network_dim: numberOf(metadata, 'ss_network_dim'),
      train_data_dir: trainDataDirOf(metadata),
    }),
  };
}

function members(entries: Readonly<Record<string, JsonValue | undefined>>): Tree {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined && entry[1] !== null),
  );
}

/** `module.AdamW8bit(weight_decay=0.1)`. */
function optimizerOf(text: string | undefined): Tree {
  if (text === undefined || text === 'None') return {};
  const { name, args } = pythonCall(text);
  return {
    optimizer_type: name,
    ...(Object.keys(args).length > 0 ? { optimizer_args: Object.entries(args).map(([key, value]) => `${key}=${value}`) } : {}),
  };
}

function networkArgs(text: string | undefined): Tree {
  const args = Object.entries(jsonObject(text) ?? {}).filter(([, value]) => value !== null);
  return args.length > 0
    ? { network_args: args.map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`) }
    : {};
}

/** Both are always stored. The steps follow from the epochs, unless somebody asked for another number of steps. */
function durationOf(metadata: ReadonlyMap<string, string>): Tree {
  const epochs = numberOf(metadata, 'ss_num_epochs');
  const steps = numberOf(metadata, 'ss_max_train_steps');
  const batches = numberOf(metadata, 'ss_num_batches_per_epoch');
  if (epochs === undefined || steps === undefined || batches === undefined)
    return members({ max_train_steps: steps, max_train_epochs: steps === undefined ? epochs : undefined });
  const accumulation = numberOf(metadata, 'ss_gradient_accumulation_steps') ?? 1;
  return epochs * Math.ceil(batches / Math.max(1, accumulation)) === steps ? { max_train_epochs: epochs } : { max_train_steps: steps };
}

/** `10_art` and `5_faces` lie in one folder whose name is not stored: the best that can be said is what it held. */
function trainDataDirOf(metadata: ReadonlyMap<string, string>): string | undefined {
  const names = Object.keys(jsonObject(metadata.get('ss_dataset_dirs')) ?? {});
  if (names.length > 0) return names.slice(0, 10).join(', ');
  const subsets = firstDataset(metadata)['subsets'];
  const first: JsonValue | undefined = Array.isArray(subsets) ? (subsets as readonly JsonValue[])[0] : undefined;
  const folder = isJsonObject(first) ? first['image_dir'] : undefined;
  return typeof folder === 'string' ? folder : undefined;
}

function firstDataset(metadata: ReadonlyMap<string, string>): JsonObject {
  const datasets = jsonValue(metadata.get('ss_datasets'));
  const first: JsonValue | undefined = Array.isArray(datasets) ? (datasets as readonly JsonValue[])[0] : undefined;
  return isJsonObject(first) ? first : {};
}

/** A member as a finite number, or nothing. */
export function numberOf(metadata: ReadonlyMap<string, string>, key: string): number | undefined {
  const value = fromPythonText((metadata.get(key) ?? '').slice(0, 100));
  return typeof value === 'number' ? value : undefined;
}

/** A member as text that says something. */
export function textOf(metadata: ReadonlyMap<string, string>, key: string): string | undefined {
  const value = metadata.get(key)?.trim();
  return value === undefined || value === '' || value === 'None' ? undefined : value;
}
