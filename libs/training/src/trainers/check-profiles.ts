import { checkField } from '../check-config.js';
import { CONFIG_FORMATS, type ConfigFormat } from '../formats/registry.js';
import type { JsonObject } from '../json.js';
import { CONFIG_FIELDS, type ConfigFieldName } from '../lora-config.js';
import { findSecretKeys } from '../secrets.js';
import { CONFIG_PLACEHOLDERS, placeholdersIn, WORKER_PLACEHOLDERS } from './argv.js';
import { READERS, type ReaderName, type TrainerProfile } from './profile.js';

/** Everything that is wrong with a file of trainer profiles, one sentence each, with the place in front. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const LIMITS = { profiles: 100, name: 100, title: 200, graceSeconds: 3600, costPerHour: 1e6 } as const;
const DEFAULT_GRACE_SECONDS = 30;
const KEYS = ['name', 'title', 'argv', 'env', 'cwd', 'format', 'reader', 'graceSeconds', 'costPerHour', 'defaults'];
/** What a create request may carry beside the configuration; a profile's `trainer`, `note` or owner would make no sense. */
const DEFAULTS_BESIDE_CONFIG = ['name', 'description', 'tags', 'extraParams'];
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * The trainer profiles of a parsed `trainers.yaml` (`{trainers: [...]}`), with defaults filled in: `title` = name, no `env`, `cwd` = the
 * workspace, `format` lora-scripts, `reader` none, `graceSeconds` 30, no price, no `defaults`.
 * @throws ProfileError naming every problem at once
 */
export function checkProfiles(parsed: unknown): TrainerProfile[] {
  const problems: string[] = [];
  const list = isObject(parsed) ? parsed['trainers'] : undefined;
  if (!Array.isArray(list) || list.length === 0) throw new ProfileError(['trainers: must be a list with at least one profile']);
  if (list.length > LIMITS.profiles) throw new ProfileError([`trainers: must have at most ${LIMITS.profiles} profiles`]);
  const profiles = list.map((item: unknown, index) => new ProfileCheck(`trainers[${index}]`, problems).check(item));
  profiles.forEach(({ name }, index) => {
    if (name !== '' && profiles.findIndex((other) => other.name === name) < index)
      problems.push(`trainers[${index}].name: "${name}" is used twice`);
  });
  if (problems.length > 0) throw new ProfileError(problems);
  return profiles;
}

class ProfileCheck {
  constructor(
    private readonly place: string,
    private readonly problems: string[],
  ) {}

  check(item: unknown): TrainerProfile {
    if (!isObject(item)) this.refuse('', 'must be an object');
    const given = isObject(item) ? item : {};
    for (const key of Object.keys(given).filter((key) => !KEYS.includes(key)))
      this.refuse(`.${key}`, `is unknown; known are ${KEYS.join(', ')}`);
    const name = this.text('.name', given['name'], LIMITS.name) ?? '';
    if (given['name'] == null) this.refuse('.name', 'is required');
    return {
      name,
      title: this.text('.title', given['title'], LIMITS.title) ?? name,
      argv: this.argv(given['argv']),
      env: this.env(given['env']),
      cwd: this.cwd(given['cwd']),
      format: this.choice<ConfigFormat>('.format', given['format'], CONFIG_FORMATS, 'lora-scripts'),
      reader: this.choice<ReaderName>('.reader', given['reader'], READERS, 'none'),
      graceSeconds: this.number('.graceSeconds', given['graceSeconds'], LIMITS.graceSeconds) ?? DEFAULT_GRACE_SECONDS,
      costPerHour: this.number('.costPerHour', given['costPerHour'], LIMITS.costPerHour),
      defaults: this.defaults(given['defaults']),
    };
  }

  private refuse(path: string, message: string): void {
    this.problems.push(`${this.place}${path}: ${message}`);
  }

  private text(path: string, value: unknown, max: number): string | null {
    if (value == null) return null;
    if (typeof value === 'string' && value.trim() !== '' && value.length <= max && !CONTROL.test(value)) return value;
    this.refuse(path, `must be text of 1 to ${max} characters on one line`);
    return null;
  }

  private number(path: string, value: unknown, max: number): number | null {
    if (value == null) return null;
    if (typeof value === 'number' && value >= 0 && value <= max) return value;
    this.refuse(path, `must be a number from 0 to ${max}`);
    return null;
  }

  private choice<T extends string>(path: string, value: unknown, choices: readonly T[], fallback: T): T {
    const found = choices.find((choice) => choice === value);
    if (value != null && found === undefined) this.refuse(path, `must be one of ${choices.join(', ')}`);
    return found ?? fallback;
  }

  private argv(value: unknown): string[] {
    if (!Array.isArray(value) || value.length === 0) {
      this.refuse('.argv', 'must be a list: the program and its arguments, each one element; no shell reads them');
      return [];
    }
    return value.map((element: unknown, index) => {
      // A program chosen by whoever submits a task would be a remote shell.
      const known = index === 0 ? WORKER_PLACEHOLDERS : [...WORKER_PLACEHOLDERS, ...CONFIG_PLACEHOLDERS];
      const text = this.template(`.argv[${index}]`, scalarText(element), known);
      if (/\$\{\w+\}/.test(text))
        this.refuse(`.argv[${index}]`, 'variables like ${NAME} are read in env only: no shell sees the arguments');
      return text;
    });
  }

  private env(value: unknown): Record<string, string> {
    if (value == null) return {};
    if (!isObject(value)) {
      this.refuse('.env', 'must be an object of names and values');
      return {};
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, text]) => {
        if (!ENV_NAME.test(name)) this.refuse(`.env.${name}`, 'is no name of an environment variable');
        if (name.startsWith('LEDGER_')) this.refuse(`.env.${name}`, 'is set by the worker itself');
        return [name, this.template(`.env.${name}`, scalarText(text), WORKER_PLACEHOLDERS)];
      }),
    );
  }

  private cwd(value: unknown): string | null {
    if (value == null) return null;
    const template = this.template('.cwd', value, ['root', 'dataDir', 'workspace', 'outputDir']);
    if (template !== '' && !/^(?:\/|\{|[A-Za-z]:[\\/])/.test(template))
      this.refuse('.cwd', 'must be an absolute path, or begin with {root}, {dataDir}, {workspace}');
    return template;
  }

  private template(path: string, value: unknown, known: readonly string[]): string {
    if (typeof value !== 'string' || value.includes('\0')) {
      this.refuse(path, 'must be text without NUL characters');
      return '';
    }
    for (const name of placeholdersIn(value).filter((name) => !known.includes(name))) {
      this.refuse(path, `{${name}} is no placeholder here; known are ${known.join(', ')}`);
    }
    return value;
  }

  private defaults(value: unknown): JsonObject {
    if (value == null) return {};
    if (!isObject(value)) {
      this.refuse('.defaults', 'must be an object of fields of a new task');
      return {};
    }
    for (const [key, field] of Object.entries(value)) {
      if (Object.hasOwn(CONFIG_FIELDS, key))
        checkField(key as ConfigFieldName, field).forEach(({ message }) => this.refuse('.defaults', message));
      else if (!DEFAULTS_BESIDE_CONFIG.includes(key)) this.refuse(`.defaults.${key}`, 'is no field of a new task');
    }
    for (const path of findSecretKeys(value))
      this.refuse(`.defaults.${path}`, 'looks like a credential: give it to the trainer through env');
    return value as JsonObject;
  }
}

/** YAML reads `1` and `true` as a number and a flag; arguments and environment variables are texts. */
function scalarText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
