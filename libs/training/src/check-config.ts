import { CONFIG_FIELDS, CONFIG_FIELD_NAMES, EXTRA_PARAMS_LIMITS, type ConfigField, type ConfigFieldName } from './lora-config.js';
import { findSecretKeys } from './secrets.js';
import { isForbiddenKey } from './syntax/limits.js';
import { isStorable } from './values.js';

/** Why a value is refused. The user interface has a sentence per rule in each language; `message` is the English one. */
export const CONFIG_RULES = [
  'required',
  'unknown',
  'type',
  'integer',
  'min',
  'minExclusive',
  'max',
  'tooLong',
  'controlCharacters',
  'parentPath',
  'epochsOrSteps',
  'resumeMissing',
  'tooManyKeys',
  'tooDeep',
  'tooLarge',
  'badKey',
  'forbiddenKey',
  'secret',
] as const;
export type ConfigRule = (typeof CONFIG_RULES)[number];

export interface ConfigProblem {
  /** The field, or `extraParams.<key>`. */
  path: string;
  rule: ConfigRule;
  /** The bound that was passed over, where the rule has one. */
  limit?: number;
  message: string;
}

const CONTROL = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/;
const PARENT_SEGMENT = /(^|[\\/])\.\.([\\/]|$)/;

/**
 * All that is wrong with a submitted configuration, field by field; an empty list means it can be stored and run.
 * Pure and cheap enough to run at every keystroke. Absent, `null` and, where text is expected, empty text all mean "not given".
 */
export function checkConfig(draft: Readonly<Record<string, unknown>>): ConfigProblem[] {
  const problems = CONFIG_FIELD_NAMES.flatMap((name) => checkField(name, draft[name]));
  if (draft['epochs'] == null && draft['maxSteps'] == null) {
    problems.push({ path: 'epochs', rule: 'epochsOrSteps', message: 'give epochs, maxSteps, or both: how long to train' });
  }
  if (draft['incremental'] === true && (draft['resumeFrom'] == null || isBlank(draft['resumeFrom']))) {
    problems.push({
      path: 'resumeFrom',
      rule: 'resumeMissing',
      message: 'an incremental training needs resumeFrom: the weights to go on from',
    });
  }
  return [...problems, ...checkExtraParams(draft['extraParams'])];
}

/** What is wrong with one field alone; cross-field rules are {@link checkConfig}'s. */
export function checkField(name: ConfigFieldName, value: unknown): ConfigProblem[] {
  const field: ConfigField = CONFIG_FIELDS[name];
  const problem = (rule: ConfigRule, message: string, limit?: number): ConfigProblem[] => [
    { path: name, rule, message: `${name} ${message}`, ...(limit === undefined ? {} : { limit }) },
  ];
  const holdsText = field.kind === 'text' || field.kind === 'path';
  if (value == null || (isBlank(value) && (holdsText || field.required))) return field.required ? problem('required', 'is required') : [];
  switch (field.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? [] : problem('type', 'must be true or false');
    case 'integer':
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return problem('type', 'must be a number');
      if (field.kind === 'integer' && !Number.isInteger(value)) return problem('integer', 'must be a whole number');
      if (field.minExclusive && value <= field.min) return problem('minExclusive', `must be greater than ${field.min}`, field.min);
      if (value < field.min) return problem('min', `must be at least ${field.min}`, field.min);
      return value > field.max ? problem('max', `must be at most ${field.max}`, field.max) : [];
    }
    case 'text':
    case 'path': {
      if (typeof value !== 'string') return problem('type', 'must be text');
      if (value.length > field.max) return problem('tooLong', `must have at most ${field.max} characters`, field.max);
      if (CONTROL.test(value) || !isStorable(value)) return problem('controlCharacters', 'must not contain control characters');
      const climbs = field.kind === 'path' && PARENT_SEGMENT.test(value);
      return climbs ? problem('parentPath', 'must not climb with "..": give the path itself') : [];
    }
  }
}

/** An emptied input field means "not given". */
function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

function checkExtraParams(value: unknown): ConfigProblem[] {
  if (value == null) return [];
  const problem = (rule: ConfigRule, message: string, limit?: number, path = 'extraParams'): ConfigProblem => ({
    path,
    rule,
    message: `${path} ${message}`,
    ...(limit === undefined ? {} : { limit }),
  });
  if (typeof value !== 'object' || Array.isArray(value)) return [problem('type', 'must be an object of parameter names and values')];
  const { keys, keyLength, depth, bytes } = EXTRA_PARAMS_LIMITS;
  const names = Object.keys(value);
  if (names.length > keys) return [problem('tooManyKeys', `must have at most ${keys} parameters`, keys)];
  if (!isShallowerThan(value, depth)) return [problem('tooDeep', `must not nest deeper than ${depth} levels`, depth)];
  if (JSON.stringify(value).length > bytes) return [problem('tooLarge', `must stay below ${bytes} characters`, bytes)];
  const badKeys = names.filter((name) => name === '' || name.length > keyLength || CONTROL.test(name) || !isStorable(name));
  return [
    ...badKeys.map((name) =>
      problem(
        'badKey',
        `names must have 1 to ${keyLength} characters without control characters: ${JSON.stringify(name.slice(0, 40))}`,
        keyLength,
      ),
    ),
    ...unstorable(value).map((path) =>
      problem('controlCharacters', 'must not contain NUL or half a character', undefined, `extraParams.${path}`),
    ),
    ...forbiddenKeys(value).map((path) => problem('forbiddenKey', 'is a name no parameter may have', undefined, `extraParams.${path}`)),
    ...findSecretKeys(value).map((path) =>
      problem(
        'secret',
        'looks like a credential. Take it out and give it to the trainer through its environment',
        undefined,
        `extraParams.${path}`,
      ),
    ),
  ];
}

function isShallowerThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((child) => isShallowerThan(child, levels - 1));
}

/** Dotted paths of texts that no database can hold. */
function unstorable(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const childPath = path === '' ? key : `${path}.${key}`;
    return [...(path !== '' && !isStorable(key) ? [childPath] : []), ...unstorable(child, childPath)];
  });
}

/** Dotted paths of keys that reach an object's prototype. */
function forbiddenKeys(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const childPath = path === '' ? key : `${path}.${key}`;
    return isForbiddenKey(key) ? [childPath] : forbiddenKeys(child, childPath);
  });
}
