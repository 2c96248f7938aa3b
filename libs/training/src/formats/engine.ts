import { isJsonObject, sameJson, type JsonObject, type JsonValue } from '../json.js';
import { CONFIG_FIELDS, CONFIG_FIELD_NAMES, type ConfigFieldName } from '../lora-config.js';
import { isSharedParam, normaliseParams } from '../shared-params.js';
import type { FormatDefinition, Meaning, TaskDraft, Tree, Warn } from './format.js';
import { dotted, fill, flatten, put, take } from './paths.js';
import { given, isUnset } from './rows.js';
import type { ConfigFormat } from './registry.js';

/** Where spellings that our own writing would change are kept in `extraParams`, by format. No parameter of the training. */
export const ORIGINAL = '$original';

/** Names beside the parameters. */
const TASK_TEXTS = ['name', 'description', 'tags'];
const FIELDS = new Set<string>([...CONFIG_FIELD_NAMES, ...TASK_TEXTS]);

interface Reading {
  meaning: Meaning;
  /** Keys without a shared meaning, flat. */
  own: Tree;
  /** Keys whose value our writing would spell differently. */
  original: Tree;
}

/** A parsed file in the Ledger's words. `tree` is used up. */
export function readFormat(format: FormatDefinition, tree: Tree, warn: Warn): Reading {
  const rest = format.open ? format.open(tree, warn) : tree;
  const meaning: Meaning = {};
  const original: Tree = {};
  for (const row of format.rows) {
    const found = present(row.keys.map((key) => [key, take(rest, key)]));
    if (Object.keys(found).length === 0) continue;
    const understood = given(row.read(found));
    Object.assign(meaning, understood);
    if (sameJson(given(row.write(understood)), found)) continue;
    Object.assign(original, found);
    if (Object.keys(understood).length > 0 || row.hasDefaults) continue;
    for (const [key, value] of Object.entries(found)) {
      if (!isUnset(value))
        warn({ code: 'NOT_UNDERSTOOD', path: key, message: `${key} has a value that makes no sense here; it is kept as it is` });
    }
  }
  const own = ownKeys(format, rest);
  if (format.extras === 'dotted') {
    for (const [key, value] of Object.entries(own)) {
      // A key the trainer does not know may be called like one of our names, which then has another meaning.
      if (key !== ORIGINAL && !isSharedParam(key)) continue;
      original[key] = value;
      delete own[key];
    }
  }
  return { meaning, own, original };
}

function ownKeys(format: FormatDefinition, rest: Tree): Tree {
  switch (format.extras) {
    case 'dotted':
      return flatten(rest);
    case 'top':
      return rest;
    case 'member':
      return isJsonObject(rest['extraParams']) ? { ...rest['extraParams'] } : {};
  }
}

/** Keys that are there, null included. */
function present(entries: readonly (readonly [string, JsonValue | undefined])[]): Tree {
  return Object.fromEntries(entries.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}

/** The fields of a create request. */
export function draftOf(name: ConfigFormat, format: FormatDefinition, reading: Reading, warn: Warn): TaskDraft {
  const { own, original } = reading;
  const meaning = { ...reading.meaning };
  warnOfSilence(format, meaning, warn);
  const fields: Tree = {};
  const params: Tree = {};
  for (const [key, value] of Object.entries(meaning)) (FIELDS.has(key) ? fields : params)[key] = value;
  const extraParams = Object.assign(params, own);
  if (Object.keys(original).length > 0) extraParams[ORIGINAL] = { [name]: original };
  return { ...fields, extraParams };
}

/**
 * Where the file is silent the trainer takes its default. A required field stays open, so that a person decides;
 * alpha is taken over, because the Ledger's own default (the rank) would silently change the training.
 */
function warnOfSilence(format: FormatDefinition, meaning: Meaning, warn: Warn): void {
  for (const field of CONFIG_FIELD_NAMES) {
    if (meaning[field] !== undefined) continue;
    const value = defaultOf(format, field, meaning);
    const trainer = value === undefined ? '' : ` The trainer would take ${value}.`;
    if (CONFIG_FIELDS[field].required) warn({ code: 'MISSING_FIELD', path: field, message: `${field} is not in the file.${trainer}` });
    else if (value !== undefined && field !== 'epochs' && field !== 'maxSteps')
      warn({ code: 'TRAINER_DEFAULT', path: field, message: `${field} is not in the file.${trainer}` });
    if (field === 'loraAlpha' && value !== undefined) meaning[field] = value;
  }
  if (meaning['epochs'] === undefined && meaning['maxSteps'] === undefined) {
    const [epochs, steps] = [defaultOf(format, 'epochs', meaning), defaultOf(format, 'maxSteps', meaning)];
    const trainer =
      epochs !== undefined
        ? ` The trainer would take ${epochs} epochs.`
        : steps !== undefined
          ? ` The trainer would take ${steps} steps.`
          : '';
    warn({ code: 'MISSING_FIELD', path: 'epochs', message: `neither epochs nor steps are in the file.${trainer}` });
  }
}

function defaultOf(format: FormatDefinition, field: ConfigFieldName, meaning: Meaning): number | undefined {
  const known = format.defaults[field];
  return typeof known === 'function' ? known(meaning) : known;
}

export interface WriteOptions {
  /** The format the config came from: keys of a trainer that the target does not know are then left out, with a warning. */
  source?: ConfigFormat;
}

/** The tree of a file. Whatever it cannot say, or says differently, is told to `warn`. */
export function writeFormat(name: ConfigFormat, format: FormatDefinition, config: TaskDraft, options: WriteOptions, warn: Warn): Tree {
  const { meaning, own, original } = split(name, format, config);
  const tree: Tree = {};
  for (const row of format.rows) {
    const current = pick(meaning, row.means);
    const spelling = pick(original, row.keys);
    const fits = Object.keys(spelling).length > 0 && sameJson(given(row.read(spelling)), current);
    for (const [key, value] of Object.entries(fits ? spelling : given(row.write(current)))) put(tree, key, value);
  }
  const kept = isForeign(name, format, options.source) ? foreignLeftOut(own, warn) : belonging(format, spelled(format, own), warn);
  const overridden = addOwn(format, tree, kept, original);
  for (const path of overridden)
    warn({ code: 'OVERRIDDEN', path, message: `${path} says something else than the parameter it belongs to, which wins` });
  const closed = format.close ? format.close(tree) : tree;
  compare(
    format,
    meaning,
    Object.keys(kept).filter((key) => !overridden.includes(key)),
    closed,
    warn,
  );
  return closed;
}

/** Keys as this format's files have them, however a person typed them: nested objects dotted, lists of arguments taken apart. */
function spelled(format: FormatDefinition, own: Tree): Tree {
  return format.extras === 'dotted' ? dotted(format.unfold?.(own) ?? own) : own;
}

/** Keys that belong in another file of this trainer stay out of this one. */
function belonging(format: FormatDefinition, own: Tree, warn: Warn): Tree {
  const elsewhere = Object.keys(own).filter((key) => !(format.ownKey?.(key) ?? true));
  if (elsewhere.length > 0 && format.dataset) {
    warn({
      code: 'DATA_ELSEWHERE',
      path: 'trainDataDir',
      message: 'the data is described in a file of its own: write that too, and name it in dataset_config',
    });
  }
  return Object.fromEntries(Object.entries(own).filter(([key]) => !elsewhere.includes(key)));
}

function isForeign(name: ConfigFormat, format: FormatDefinition, source: ConfigFormat | undefined): boolean {
  const sameWords = source === undefined || source === name || source === 'ledger' || source === 'lora-scripts';
  return !sameWords && format.extras === 'dotted' && !(format.dialects ?? []).includes(source);
}

function foreignLeftOut(own: Tree, warn: Warn): Tree {
  const keys = Object.keys(own);
  if (keys.length > 0) warn({ code: 'FOREIGN_KEYS', message: `left out, because they are keys of another trainer: ${listed(keys)}` });
  return {};
}

/** Adds the keys without a shared meaning; returns those that had to give way. */
function addOwn(format: FormatDefinition, tree: Tree, own: Tree, original: Tree): string[] {
  switch (format.extras) {
    case 'dotted': {
      const rowKeys = new Set(format.rows.flatMap((row) => row.keys));
      const strangers = Object.entries(original).filter(([key]) => !rowKeys.has(key));
      return fill(tree, { ...own, ...Object.fromEntries(strangers) });
    }
    case 'top':
      return fill(tree, escaped(own));
    case 'member':
      if (Object.keys(own).length > 0) tree['extraParams'] = own;
      return [];
  }
}

/** Keys that are no paths. */
function escaped(own: Tree): Tree {
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [key.replace(/[\\.]/g, '\\$&'), value]));
}

/** What a config says in this format's terms. Values a person typed are brought to their normal form first. */
function split(name: ConfigFormat, format: FormatDefinition, config: TaskDraft): Reading {
  const { extraParams, ...fields } = config;
  const meaning = given(pick(fields, [...CONFIG_FIELD_NAMES, ...TASK_TEXTS]));
  if (meaning['resumeFrom'] !== undefined) meaning['incremental'] ??= true;
  else if (meaning['incremental'] === false) delete meaning['incremental'];
  const own: Tree = {};
  const entries = Object.entries(format.extras === 'dotted' ? normaliseParams(extraParams ?? {}) : (extraParams ?? {}));
  for (const [key, value] of entries) {
    if (key === ORIGINAL && format.extras !== 'member') continue;
    if (format.extras === 'dotted' && isSharedParam(key)) meaning[key] = value;
    else own[key] = value;
  }
  return { meaning, own, original: format.extras === 'member' ? {} : originalOf(name, extraParams?.[ORIGINAL]) };
}

function originalOf(name: ConfigFormat, value: JsonValue | undefined): Tree {
  const mine = isJsonObject(value) ? value[name] : undefined;
  return isJsonObject(mine) ? { ...mine } : {};
}

/** Reads back what was written and tells every difference: an export is never silently poorer than the task. */
function compare(format: FormatDefinition, meaning: Meaning, own: readonly string[], written: Tree, warn: Warn): void {
  const { meaning: said, own: kept } = readFormat(format, structuredClone(written), () => undefined);
  const rowKeys = new Set(format.rows.flatMap((row) => row.keys));
  for (const key of own) {
    if (!Object.hasOwn(kept, key) && !rowKeys.has(key))
      warn({ code: 'NOT_EXPRESSED', path: key, message: `${format.title} has no place for ${key}` });
  }
  for (const [key, value] of Object.entries(meaning)) {
    if (key === 'modelName' || TASK_TEXTS.includes(key) || sameJson(said[key], value)) continue;
    warn(
      said[key] === undefined
        ? { code: 'NOT_EXPRESSED', path: key, message: `${format.title} has no place for ${key} = ${short(value)}` }
        : { code: 'CHANGED', path: key, message: `${format.title} cannot say ${key} = ${short(value)}; it will take ${short(said[key])}` },
    );
  }
}

function short(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function pick(tree: JsonObject, keys: readonly string[]): Tree {
  return Object.fromEntries(keys.filter((key) => Object.hasOwn(tree, key)).map((key) => [key, tree[key] ?? null]));
}

function listed(keys: readonly string[]): string {
  return keys.length > 12 ? `${keys.slice(0, 12).join(', ')} and ${keys.length - 12} more` : keys.join(', ');
}
