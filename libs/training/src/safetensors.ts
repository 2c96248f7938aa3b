import { ConfigFormatError } from './config-format-error.js';
import { draftOf, readFormat } from './formats/engine.js';
import type { FormatWarning, TaskDraft, Tree } from './formats/format.js';
import { FORMATS, type ConfigFormat } from './formats/registry.js';
import { modelNameOf } from './formats/rows.js';
import { isJsonObject, type JsonValue } from './json.js';
import { maskSecrets, removeSecrets } from './secrets.js';
import { SHARED_PARAMS } from './shared-params.js';
import { parseJson } from './syntax/json.js';
import { storable } from './values.js';
import { readHeader, type SafetensorsHeader } from './weights/header.js';
import { jsonObject } from './weights/python-text.js';
import { sdConfigOf, textOf } from './weights/sd-metadata.js';
import { tensorFacts, type TensorFacts } from './weights/tensors.js';
import { resultOf, type RecoveredResult } from './weights/training-result.js';

export { SAFETENSORS_DEFAULT_CAP, SAFETENSORS_MAX_HEADER, safetensorsHeaderLength } from './weights/header.js';
export type { RecoveredResult } from './weights/training-result.js';

export type WeightsSource = 'sd-scripts' | 'ai-toolkit' | 'onetrainer' | 'peft' | 'diffusers' | 'unknown';

export interface RecoveredConfig {
  draft: TaskDraft;
  source: WeightsSource;
  /** The format whose own keys stand in `draft.extraParams`, if any. */
  format: ConfigFormat | null;
  /** Where each field of the draft comes from: it stands in the file, or follows from something that does. */
  fields: Record<string, 'file' | 'guess'>;
  result: RecoveredResult;
  unmapped: string[];
  warnings: FormatWarning[];
  /** The file's metadata without thumbnails and credentials. */
  metadata: Record<string, string>;
  /** Bytes that follow the header in a whole file. */
  tensorBytes: number;
}

interface Part {
  draft: TaskDraft;
  format: ConfigFormat | null;
  unmapped: string[];
  guesses: string[];
}

/**
 * As much of a training's configuration as the header of a LoRA file tells. `headerBytes` are the N bytes after the first 8
 * (see `safetensorsHeaderLength`). Throws ConfigFormatError INVALID; a file without metadata is fine, its tensors give the rank.
 */
export function parseSafetensors(headerBytes: Uint8Array, options: { fileName?: string } = {}): RecoveredConfig {
  const header = readHeader(headerBytes);
  const facts = tensorFacts(header.tensors);
  const source = sourceOf(header.metadata, facts);
  const warnings: FormatWarning[] = [];
  const part = configOf(source, header.metadata, (warning) => {
    warnings.push(warning);
  });
  const guesses = new Set(part.guesses);
  const draft = complete(part.draft, header, facts, options.fileName, guesses);
  const told = warnings.filter(
    ({ code, path }) => !(code === 'MISSING_FIELD' && path !== undefined && path in draft) && code !== 'TRAINER_DEFAULT',
  );
  if (facts.mixedRanks)
    told.push({ code: 'PARTLY_READ', path: 'loraRank', message: 'the layers have different ranks; the most frequent one is taken' });
  return storable({
    draft,
    source,
    format: part.format,
    fields: Object.fromEntries(
      Object.keys(draft)
        .filter((name) => name !== 'extraParams')
        .map((name) => [name, guesses.has(name) ? 'guess' : 'file']),
    ),
    result: resultOf(header.metadata, facts),
    unmapped: part.unmapped,
    warnings: told,
    metadata: publicMetadata(header.metadata),
    tensorBytes: header.tensorBytes,
  });
}

function sourceOf(metadata: ReadonlyMap<string, string>, facts: TensorFacts): WeightsSource {
  if (['ot_config', 'ot_revision', 'ot_branch'].some((key) => metadata.has(key))) return 'onetrainer';
  if (jsonObject(metadata.get('software'))?.['name'] === 'ai-toolkit') return 'ai-toolkit';
  if (metadata.has('ss_network_module') || metadata.has('ss_session_id')) return 'sd-scripts';
  if (metadata.has('lora_adapter_metadata')) return 'diffusers';
  return facts.naming === 'peft' || facts.naming === 'diffusers' ? facts.naming : 'unknown';
}

/** What the metadata of that trainer holds of its configuration. */
function configOf(source: WeightsSource, metadata: ReadonlyMap<string, string>, warn: (warning: FormatWarning) => void): Part {
  switch (source) {
    case 'sd-scripts': {
      const part = read('sd-scripts', sdConfigOf(metadata), warn);
      // Base names only: neither the folder of the data nor that of the model is known.
      const { modelPath: _place, ...draft } = part.draft;
      return {
        ...part,
        draft,
        guesses: ['trainDataDir', 'epochs', 'maxSteps', ...(textOf(metadata, 'ss_network_alpha') === undefined ? ['loraAlpha'] : [])],
      };
    }
    case 'onetrainer': {
      const config = metadata.get('ot_config');
      const tree = config === undefined ? undefined : parsedObject(config);
      return tree ? read('onetrainer', tree, warn) : nothing();
    }
    case 'diffusers': {
      const tree = adapterOf(metadata.get('lora_adapter_metadata'));
      return tree ? read('peft', tree, warn) : nothing();
    }
    case 'ai-toolkit':
    case 'peft':
    case 'unknown':
      return nothing();
  }
}

function nothing(): Part {
  return { draft: { extraParams: {} }, format: null, unmapped: [], guesses: [] };
}

function read(format: ConfigFormat, tree: Tree, warn: (warning: FormatWarning) => void): Part {
  for (const { path } of removeSecrets(tree))
    warn({ code: 'SECRET_REMOVED', path, message: `${path} looks like a credential and was taken out` });
  const definition = FORMATS[format];
  const reading = readFormat(definition, tree, warn);
  return { draft: draftOf(format, definition, reading, warn), format, unmapped: Object.keys(reading.own), guesses: [] };
}

/** A configuration inside the metadata is a stranger's text like any other: the same bounds hold. */
function parsedObject(text: string): Tree | undefined {
  try {
    return parseJson(text).root;
  } catch (error) {
    if (error instanceof ConfigFormatError) return undefined;
    throw error;
  }
}

/** diffusers stores one PEFT configuration per component (`transformer.r`, `text_encoder.r`); the denoiser's is the training's. */
function adapterOf(text: string | undefined): Tree | undefined {
  const all = text === undefined ? undefined : parsedObject(text);
  if (!all) return undefined;
  const component = ['transformer', 'unet', 'text_encoder'].find((name) => Object.hasOwn(all, `${name}.r`));
  if (component === undefined) return all;
  return Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => key.startsWith(`${component}.`))
      .map(([key, value]) => [key.slice(component.length + 1), value]),
  );
}

/** Fills what the trainer's own metadata left open from `modelspec.*`, other well-known keys, the tensors and the file name. */
function complete(
  draft: TaskDraft,
  { metadata }: SafetensorsHeader,
  facts: TensorFacts,
  fileName: string | undefined,
  guesses: Set<string>,
): TaskDraft {
  const guess = <T>(name: string, value: T | undefined): T | undefined => {
    if (value !== undefined) guesses.add(name);
    return value;
  };
  const fromFile = fileName === undefined ? undefined : modelNameOf(fileName.split(/[\\/]/).at(-1) ?? fileName);
  const tags = textOf(metadata, 'modelspec.tags')
    ?.split(',')
    .map((tag) => tag.trim().slice(0, 60))
    .filter((tag) => tag !== '')
    .slice(0, 50);
  const comment = textOf(metadata, 'ss_training_comment') ?? textOf(metadata, 'modelspec.description');
  const entries: Record<string, JsonValue | undefined> = {
    ...(draft as Record<string, JsonValue | undefined>),
    name: (
      draft.name ??
      textOf(metadata, 'ss_output_name') ??
      textOf(metadata, 'name') ??
      textOf(metadata, 'modelspec.title') ??
      guess('name', fromFile)
    )?.slice(0, 200),
    description: draft.description ?? (comment === undefined ? undefined : maskSecrets(comment.slice(0, 10_000))),
    tags: draft.tags ?? (tags && tags.length > 0 ? tags : undefined),
    modelName:
      draft.modelName ??
      guess(
        'modelName',
        textOf(metadata, 'ss_base_model_version')?.replace(/_$/, '') ?? textOf(metadata, 'modelspec.architecture')?.replace(/\/lora$/, ''),
      ),
    loraRank: draft.loraRank ?? facts.rank,
    extraParams: extraParamsOf(draft, metadata, facts),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

function extraParamsOf(draft: TaskDraft, metadata: ReadonlyMap<string, string>, facts: TensorFacts): Tree {
  const resolution = textOf(metadata, 'modelspec.resolution');
  const found: Record<string, JsonValue | undefined> = {
    model_family: familyOf(metadata),
    network_type: facts.networkType,
    conv_dim: facts.convRank,
    use_dora: facts.usesDora ? true : undefined,
    resolution: resolution === undefined ? undefined : SHARED_PARAMS.resolution(resolution),
  };
  return {
    ...Object.fromEntries(Object.entries(found).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)),
    ...draft.extraParams,
  };
}

const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^sdxl|stable-diffusion-xl/, 'sdxl'],
  [/^sd3|stable-diffusion-3/, 'sd3'],
  [/flux/, 'flux'],
  [/^sd_v2|stable-diffusion-v2/, 'sd2'],
  [/^sd_v1|stable-diffusion-v1/, 'sd15'],
  [/lumina/, 'lumina'],
];

function familyOf(metadata: ReadonlyMap<string, string>): string | undefined {
  const version = `${textOf(metadata, 'ss_base_model_version') ?? textOf(metadata, 'modelspec.architecture') ?? ''}`.toLowerCase();
  return FAMILIES.find(([pattern]) => pattern.test(version))?.[1];
}

/** A thumbnail is a picture in a data URI: it is no fact about the training and may be huge. */
function publicMetadata(metadata: ReadonlyMap<string, string>): Record<string, string> {
  const tree: Record<string, string> = Object.fromEntries(
    [...metadata].filter(([key]) => key !== '__proto__' && key !== 'modelspec.thumbnail'),
  );
  removeSecrets(tree);
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, maskEmbedded(value)]));
}

/** A JSON text inside a value has secrets under quoted keys, which only the text mask sees. */
function maskEmbedded(value: string): string {
  return value.startsWith('{') && isJsonObject(jsonObject(value)) ? maskSecrets(value) : value;
}
