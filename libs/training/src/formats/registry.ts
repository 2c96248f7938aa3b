import { ConfigFormatError } from '../config-format-error.js';
import type { JsonObject } from '../json.js';
import type { LoraConfig } from '../lora-config.js';
import { removeSecrets } from '../secrets.js';
import { isSharedParam } from '../shared-params.js';
import type { ParsedText } from '../syntax/limits.js';
import { checkText, CONTENT_TYPES, guessSyntaxes, parseText, writeText, type Syntax } from '../syntax/text.js';
import { mayDifferInYaml11 } from '../syntax/yaml.js';
import { AI_TOOLKIT } from './ai-toolkit.js';
import { AXOLOTL } from './axolotl.js';
import { draftOf, ORIGINAL, readFormat, writeFormat } from './engine.js';
import type { FormatDefinition, FormatWarning, ParsedConfig } from './format.js';
import { KOHYA } from './kohya.js';
import { LEDGER } from './ledger.js';
import { LLAMA_FACTORY } from './llama-factory.js';
import { LORA_SCRIPTS } from './lora-scripts.js';
import { ONETRAINER } from './onetrainer.js';
import { PEFT } from './peft.js';
import { SD_SCRIPTS } from './sd-scripts.js';

/*
 * How a file becomes a task and a task a file again. One principle: a file is a set of keys, and each key stands in exactly one place.
 *
 *  1. Its meaning is a canonical field           → that field (`network_dim` → `loraRank`).
 *  2. Its meaning is shared by several trainers  → `extraParams` under the shared name, in the shared unit (`optim` → `optimizer`; see shared-params.ts).
 *  3. Only this trainer knows it                 → `extraParams` under the trainer's own key; nested keys as dotted paths (`train.noise_scheduler`).
 *
 * Where writing 1 or 2 back would spell a key differently than the file did (`"1e-4"` as text, `"5%"`, a switched-off key), the file's
 * spelling is kept in `extraParams.$original.<format>`. It is used again only while it still says what the config says, it goes into
 * that format only, and it is no part of the fingerprint. Hence parse(serialise(config)) = config, serialise(parse(file)) keeps every
 * key, and the same training has one fingerprint whatever format it came in.
 */

export const CONFIG_FORMATS = [
  'ledger',
  'lora-scripts',
  'sd-scripts',
  'kohya',
  'ai-toolkit',
  'onetrainer',
  'llama-factory',
  'axolotl',
  'peft',
] as const;
export type ConfigFormat = (typeof CONFIG_FORMATS)[number];

export const FORMATS: Readonly<Record<ConfigFormat, FormatDefinition>> = {
  ledger: LEDGER,
  'lora-scripts': LORA_SCRIPTS,
  'sd-scripts': SD_SCRIPTS,
  kohya: KOHYA,
  'ai-toolkit': AI_TOOLKIT,
  onetrainer: ONETRAINER,
  'llama-factory': LLAMA_FACTORY,
  axolotl: AXOLOTL,
  peft: PEFT,
};

/** Below this a file looks like nothing we know. */
const MIN_CONFIDENCE = 0.25;

export interface ParseOptions {
  /** Overrides the detection. */
  format?: ConfigFormat;
  /** Only breaks ties; people rename files. */
  fileName?: string;
  /** Credentials are taken out of the draft with a warning, or the file is refused. `remove` when absent. */
  secrets?: 'remove' | 'refuse';
}

/**
 * Any trainer's configuration file as a draft of a task.
 * Throws ConfigFormatError: UNSUPPORTED_FORMAT, INVALID (with the place where the parser knows it), TOO_LARGE, SECRET.
 */
export function parseConfig(text: string, options: ParseOptions = {}): ParsedConfig {
  const plain = checkText(text);
  const { parsed, syntax, format, confidence } = options.format
    ? { ...parseAs(plain, orderFor(plain, FORMATS[options.format].syntaxes)), format: options.format, confidence: 1 }
    : recognise(plain, options.fileName);
  const whole = FORMATS[format];
  const definition = whole.dataset && whole.dataset.score(parsed.root, syntax) > 0 ? whole.dataset : whole;
  const { root, notes } =
    definition.yaml11 && syntax === 'yaml' && mayDifferInYaml11(plain) ? parseText(plain, 'yaml', { yaml11: true }) : parsed;

  const warnings: FormatWarning[] = [...notes];
  const secrets = removeSecrets(root);
  if (secrets.length > 0 && options.secrets === 'refuse') {
    const key = secrets.map(({ path }) => path).join(', ');
    throw new ConfigFormatError('fileSecret', `the file holds credentials: ${key}. Give them to the trainer through its environment`, {
      key,
    });
  }
  warnings.push(
    ...secrets.map(({ path }): FormatWarning => ({
      code: 'SECRET_REMOVED',
      path,
      message: `${path} looks like a credential and was taken out`,
    })),
  );

  const warn = (warning: FormatWarning): void => {
    warnings.push(warning);
  };
  const reading = readFormat(definition, root, warn);
  const draft = draftOf(format, definition, reading, warn);
  return {
    draft,
    format,
    confidence,
    unmapped: Object.keys(reading.own).filter((key) => !isSharedParam(key) && key !== ORIGINAL),
    warnings,
  };
}

interface Recognised {
  parsed: ParsedText;
  syntax: Syntax;
  format: ConfigFormat;
  confidence: number;
}

function recognise(text: string, fileName = ''): Recognised {
  const { parsed, syntax } = parseAs(text, guessSyntaxes(text));
  const ranking = CONFIG_FORMATS.map((format) => ({
    format,
    score: FORMATS[format].syntaxes.includes(syntax) ? FORMATS[format].score(parsed.root, syntax) + nameBonus(format, fileName) : 0,
  })).sort((a, b) => b.score - a.score);
  const [best, second] = ranking;
  if (!best || best.score < MIN_CONFIDENCE) {
    throw new ConfigFormatError('fileOfNoTrainer', `no known trainer's configuration; known are ${CONFIG_FORMATS.join(', ')}`);
  }
  // Nearly as good a second guess halves the confidence.
  const confidence = Math.min(1, best.score) * (1 - 0.5 * Math.min(1, second ? second.score / best.score : 0) ** 2);
  return { parsed, syntax, format: best.format, confidence: Math.round(confidence * 100) / 100 };
}

function nameBonus(format: ConfigFormat, fileName: string): number {
  return format === 'peft' && fileName.endsWith('adapter_config.json') ? 0.05 : 0;
}

/** The first syntax that reads the text. If none does, the complaint of the likeliest one is the useful one. */
function parseAs(text: string, syntaxes: readonly Syntax[]): { parsed: ParsedText; syntax: Syntax } {
  let first: unknown;
  for (const syntax of syntaxes) {
    try {
      return { parsed: parseText(text, syntax), syntax };
    } catch (error) {
      first ??= error;
      if (error instanceof ConfigFormatError && error.code === 'TOO_LARGE') break;
    }
  }
  throw first;
}

function orderFor(text: string, allowed: readonly Syntax[]): Syntax[] {
  const likely = guessSyntaxes(text).filter((syntax) => allowed.includes(syntax));
  return [...likely, ...allowed.filter((syntax) => !likely.includes(syntax))];
}

export interface SerialiseOptions {
  /** The format the config came from. Its own keys mean nothing to another trainer; without it they are all written. */
  source?: ConfigFormat;
  /** The trainer's other file, which describes the data (sd-scripts' `dataset_config`), instead of its main one. */
  part?: 'dataset';
}

export interface SerialisedConfig {
  text: string;
  fileName: string;
  contentType: string;
  /** Everything the format cannot say, or says differently. */
  warnings: FormatWarning[];
}

/** A stored config, or a draft that is still being written. */
export type WritableConfig = Partial<LoraConfig> & { name?: string | null; description?: string | null; tags?: readonly string[] | null };

/** The config as a file the trainer of that format reads. Never throws for a config that passed `checkConfig`. */
export function serialiseConfig(config: WritableConfig, format: ConfigFormat, options: SerialiseOptions = {}): SerialisedConfig {
  const definition = (options.part === 'dataset' ? FORMATS[format].dataset : undefined) ?? FORMATS[format];
  const warnings: FormatWarning[] = [];
  const warn = (warning: FormatWarning): void => {
    warnings.push(warning);
  };
  const tree = writeFormat(format, definition, config as unknown as JsonObject, options, warn);
  const syntax = formatSyntax(format);
  const text = writeText(tree, syntax, (path) =>
    warn({ code: 'NOT_EXPRESSED', path, message: `TOML has no null inside a list: ${path} is left out` }),
  );
  return {
    text,
    fileName: definition.fileName ?? `${slug(config.name ?? config.modelName ?? '')}.${syntax}`,
    contentType: CONTENT_TYPES[syntax],
    warnings,
  };
}

function slug(name: string): string {
  return (
    name
      .normalize('NFKD')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 80) || 'config'
  );
}

/** The syntax a format is written in. */
export function formatSyntax(format: ConfigFormat): Syntax {
  return FORMATS[format].syntaxes[0] ?? 'json';
}
