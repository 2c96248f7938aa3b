import { CONFIG_FIELD_NAMES, type ConfigFieldName, type LoraConfig } from '../lora-config.js';
import type { TrainerProfile } from './profile.js';

/** Places and names the worker knows: nobody but the operator decides what stands in them. */
export const WORKER_PLACEHOLDERS = ['python', 'root', 'dataDir', 'workspace', 'outputDir', 'configFile', 'taskId'] as const;
export type WorkerPlaceholder = (typeof WORKER_PLACEHOLDERS)[number];
export type WorkerValues = Readonly<Record<WorkerPlaceholder, string>>;

/** Parameters of the task, as submitted by a person. */
export const CONFIG_PLACEHOLDERS: readonly ConfigFieldName[] = CONFIG_FIELD_NAMES;

/** What is wrong with a profile's template or with a value that would fill it; the message says which and what to do. */
export class ArgvError extends Error {
  override readonly name = 'ArgvError';
}

const PLACEHOLDER = /(?<!\$)\{([A-Za-z]\w*)\}/g;

/** The names in braces that a template text asks for. Braces around anything else (`{"a": 1}`) are plain text, and so is `${NAME}`. */
export function placeholdersIn(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
}

const VARIABLE = /\$\{([A-Za-z_]\w*)\}/g;

/** The variables of the worker's own environment that a profile hands on to its trainer with `${NAME}`. */
export function variablesOf({ env }: Pick<TrainerProfile, 'env'>): string[] {
  return [...new Set(Object.values(env).flatMap((text) => [...text.matchAll(VARIABLE)].map(([, name = '']) => name)))];
}

/**
 * `text` with its `${NAME}` replaced.
 * @throws ArgvError naming a variable that is not set: an empty credential would fail much later and say less
 */
export function fillVariables(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return text.replace(VARIABLE, (_match, name: string) => {
    const value = env[name];
    if (value === undefined) throw new ArgvError(`the trainer profile hands on ${name}, which is not set where the worker runs`);
    return value;
  });
}

/**
 * The program and its arguments. Each element of the template becomes exactly one argument, whatever its values contain:
 * no shell reads them, and a value is never looked at for further placeholders.
 *
 * - A parameter the task does not have: `--resume={resumeFrom}` is left out as a whole; alone (`{resumeFrom}`) it is an error,
 *   because an option in front of it would swallow the next argument.
 * - A value must not turn into an option: an argument that begins with a parameter may not come out with a leading "-".
 *   The form `--option={name}` takes any value.
 *
 * @throws ArgvError
 */
export function fillArgv(template: readonly string[], worker: WorkerValues, config: LoraConfig): string[] {
  const values = new Map<string, string | null>([
    ...CONFIG_PLACEHOLDERS.map((name) => [name, config[name] === null ? null : String(config[name])] as const),
    ...WORKER_PLACEHOLDERS.map((name) => [name, worker[name]] as const),
  ]);
  return template.flatMap((element) => {
    const missing = placeholdersIn(element).find((name) => values.get(name) === null);
    if (missing !== undefined) {
      if (/^-[^={]*=/.test(element)) return [];
      throw new ArgvError(
        `the trainer profile needs ${missing}, which this task does not have (an argument "--option={${missing}}" would be left out instead)`,
      );
    }
    const argument = fillText(element, values);
    if (argument.startsWith('-') && !element.startsWith('-')) {
      throw new ArgvError(
        `"${shorten(argument)}" would be read as an option by the trainer: it must not begin with "-", or the profile must say "--option=${element}"`,
      );
    }
    return [argument];
  });
}

/**
 * A text of a profile that only the operator's own names may fill: environment and working directory.
 * @throws ArgvError
 */
export function fillWorkerText(template: string, worker: WorkerValues): string {
  return fillText(template, new Map(Object.entries(worker)));
}

function fillText(template: string, values: ReadonlyMap<string, string | null>): string {
  const text = template.replace(PLACEHOLDER, (_braces, name: string) => {
    const value = values.get(name);
    if (value == null) throw new ArgvError(`{${name}} is no placeholder here`);
    return value;
  });
  if (text.includes('\0'))
    throw new ArgvError(`"${shorten(text.replaceAll('\0', '\\0'))}" contains a NUL character, which no program argument can carry`);
  return text;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
