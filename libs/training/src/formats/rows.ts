import type { JsonObject, JsonValue } from '../json.js';
import { SHARED_PARAMS, type SharedParam } from '../shared-params.js';
import { boolean, lookUp, number, text } from '../values.js';
import type { Members, Row, Tree } from './format.js';

type Reader = (value: JsonValue | undefined) => JsonValue | undefined;

/** A row of one key and one meaning; `read` answers `undefined` for what is not set or makes no sense. */
export function row(name: string, key: string, read: Reader, write: Reader = (value) => value): Row {
  return {
    keys: [key],
    means: [name],
    read: (found) => ({ [name]: read(found[key]) }),
    write: (meaning) => ({ [key]: write(meaning[name]) }),
  };
}

/** A shared parameter whose value is written as the Ledger keeps it. */
export function shared(name: SharedParam, key: string = name): Row {
  return row(name, key, (value) => (value === undefined || value === null ? undefined : SHARED_PARAMS[name](value)));
}

/** A number; with `unset`, values the trainer reads as "not given". */
export function numeric(name: string, key: string, unset: readonly number[] = []): Row {
  return row(name, key, (value) => positive(number(value), unset));
}

function positive(value: number | undefined, unset: readonly number[]): number | undefined {
  return value === undefined || unset.includes(value) ? undefined : value;
}

/** A count of whole epochs or steps; a fraction is rounded up when it is written, since less training is the worse surprise. */
export function count(name: string, key: string): Row {
  return row(
    name,
    key,
    (value) => positive(number(value), [0, -1]),
    (value) => (typeof value === 'number' ? Math.ceil(value) : undefined),
  );
}

export function textual(name: string, key: string): Row {
  return row(name, key, text);
}

export function flag(name: string, key: string): Row {
  return row(name, key, boolean);
}

/** The trainer's word for each of ours. A word that is not in the table is read in its normal form, and written as `fallback` says: as it is, or not at all. */
export function words(
  name: SharedParam,
  key: string,
  theirs: Readonly<Record<string, JsonValue>>,
  fallback: (ours: string) => JsonValue | undefined = (ours) => ours,
): Row {
  const ours = new Map(Object.entries(theirs).map(([mine, word]) => [word, mine]));
  return row(
    name,
    key,
    (value) => (value === undefined || value === null ? undefined : (ours.get(value) ?? SHARED_PARAMS[name](value))),
    (value) => (typeof value !== 'string' ? value : (lookUp(theirs, value) ?? fallback(value))),
  );
}

/** For `words`: the trainer accepts only the words of the table. */
export function never(): undefined {
  return undefined;
}

/**
 * The kind of network. Plain LoRA goes without saying in the Ledger, and is always said in the file.
 * `theirs` has the trainer's word for every kind it knows; another trainer's kind is not written.
 */
export function networkType(key: string, theirs: Readonly<Record<string, string>> & { readonly lora: string }): Row {
  const ours = new Map(Object.entries(theirs).map(([mine, word]) => [word.toLowerCase(), mine]));
  return row(
    'network_type',
    key,
    (value) => {
      const word = text(value)?.trim().toLowerCase();
      const type = word === undefined ? undefined : (ours.get(word) ?? word);
      return type === 'lora' ? undefined : type;
    },
    (value) => lookUp(theirs, typeof value === 'string' ? value : 'lora'),
  );
}

/** The base model: its path or repository, from which the name follows. */
export function baseModel(key: string): Row {
  return {
    keys: [key],
    means: ['modelPath', 'modelName'],
    read: (found) => {
      const path = text(found[key]);
      return path === undefined ? {} : { modelPath: path, modelName: modelNameOf(path) };
    },
    write: (meaning) => ({ [key]: meaning['modelPath'] ?? meaning['modelName'] }),
  };
}

/** `./models/v1-5-pruned.safetensors` → `v1-5-pruned`; a hub repository (`org/name`) is its own name. */
export function modelNameOf(path: string): string {
  const trimmed = path.trim().replace(/[\\/]+$/, '');
  const file = trimmed.split(/[\\/]/).at(-1) ?? '';
  const stem = file.replace(/\.(?:safetensors|sft|ckpt|pth?|bin|gguf|onnx)$/i, '');
  if (stem === file && /^[\w-][\w.-]*\/[\w.-]+$/.test(trimmed)) return trimmed;
  return stem === '' ? path : stem;
}

/**
 * What training goes on from: adapter weights (`incremental`) or a trainer's saved state (not `incremental`).
 * A trainer that knows only one of the two has an empty key for the other.
 */
export function startFrom(weights: string, state: string): Row {
  return {
    keys: [weights, state].filter((key) => key !== ''),
    means: ['resumeFrom', 'incremental'],
    read: (found) => {
      const from = text(found[weights]);
      if (from !== undefined) return { resumeFrom: from, incremental: true };
      const resumed = text(found[state]);
      return resumed === undefined ? {} : { resumeFrom: resumed, incremental: false };
    },
    write: (meaning) => {
      const key = meaning['incremental'] === false ? state : weights;
      return key === '' ? {} : { [key]: meaning['resumeFrom'] };
    },
  };
}

/** A name that is a plain file name on every system. */
export function fileNameOf(name: string): string {
  const safe = name.replace(/[\u0000-\u001f<>:"/\\|?*]+/g, '-').replace(/^[.\s-]+|[.\s]+$/g, '');
  return safe.slice(0, 120) || 'lora';
}

/** The members that have a value. */
export function given(members: Members): Tree {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined && entry[1] !== null),
  );
}

/** Whether a value says nothing: trainers read all of these as "not set" where they cannot be meant. */
export function isUnset(value: JsonValue): boolean {
  return (
    value === null ||
    value === '' ||
    value === false ||
    value === 0 ||
    value === -1 ||
    (Array.isArray(value) && value.length === 0) ||
    (typeof value === 'string' && /^(?:none|null|0)?$/i.test(value.trim()))
  );
}

/** How much of a list of keys is there, 0..1. */
export function share(tree: JsonObject, keys: readonly string[]): number {
  return keys.filter((key) => Object.hasOwn(tree, key)).length / keys.length;
}
