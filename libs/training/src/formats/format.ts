import type { JsonObject, JsonValue } from '../json.js';
import type { ConfigDraft, ConfigFieldName } from '../lora-config.js';
import type { Syntax } from '../syntax/text.js';
import type { ConfigFormat } from './registry.js';

/** The fields of a create request that a file can fill. */
export interface TaskDraft extends ConfigDraft {
  name?: string;
  description?: string;
  tags?: string[];
}

/** Something the person should know about a file that was read or written. The user interface has a sentence per code. */
export const FORMAT_WARNING_CODES = [
  /** A credential was taken out. */ 'SECRET_REMOVED',
  /** A required parameter stands nowhere in the file. */ 'MISSING_FIELD',
  /** The file is silent and the trainer's own default was taken. */ 'TRAINER_DEFAULT',
  /** A value under a known key makes no sense there; it is kept as it is. */ 'NOT_UNDERSTOOD',
  /** The target format has no place for a parameter. */ 'NOT_EXPRESSED',
  /** The target format can only say something near it. */ 'CHANGED',
  /** A key of another trainer was left out. */ 'FOREIGN_KEYS',
  /** Two keys say different things; the message names the winner. */ 'OVERRIDDEN',
  /** The data is described in another file. */ 'DATA_ELSEWHERE',
  /** Only a part of the file became one task. */ 'PARTLY_READ',
  'NUMBER_AS_TEXT',
  'DATE_AS_TEXT',
  'KEY_AS_TEXT',
] as const;
export type FormatWarningCode = (typeof FORMAT_WARNING_CODES)[number];

export interface FormatWarning {
  code: FormatWarningCode;
  /** The field, parameter or key it is about. */
  path?: string;
  message: string;
}

export interface ParsedConfig {
  draft: TaskDraft;
  format: ConfigFormat;
  /** How sure the detection is, 0..1; 1 when the format was given. */
  confidence: number;
  /** Keys without a shared meaning. They are kept in `extraParams` under the trainer's own name. */
  unmapped: string[];
  warnings: FormatWarning[];
}

export type Tree = Record<string, JsonValue>;

/** What a file says in the Ledger's words: canonical fields, shared parameters, `name`, `description`, `tags`. */
export type Meaning = Record<string, JsonValue>;

/** Members of which those that are `undefined` or `null` are not there. */
export type Members = Readonly<Record<string, JsonValue | undefined>>;

/**
 * One row of the mapping table: which keys of the trainer say what.
 * Both directions stand side by side, so that nobody changes one without the other.
 */
export interface Row {
  /** Dotted paths in the trainer's file; a number is an index (`datasets.0.folder_path`). No key belongs to two rows. */
  readonly keys: readonly string[];
  readonly means: readonly string[];
  /** Its keys may have values that say no more than silence does (`Standard`), so understanding nothing is no surprise. */
  readonly hasDefaults?: boolean;
  /** Keys that are present → meaning. What cannot be understood stays `undefined`, never guessed. */
  read(found: JsonObject): Members;
  /** Meaning (only `means`, only what is given) → keys to write. */
  write(meaning: JsonObject): Members;
}

export type Warn = (warning: FormatWarning) => void;

/** One config format: how to recognise, read and write it. */
export interface FormatDefinition {
  readonly title: string;
  /** The first is written; all are read. */
  readonly syntaxes: readonly Syntax[];
  /** Whether the trainer reads its YAML as YAML 1.1, where `yes` is a boolean. */
  readonly yaml11?: boolean;
  /** How much the parsed content looks like this format, 0..1. */
  score(tree: JsonObject, syntax: Syntax): number;
  readonly rows: readonly Row[];
  /**
   * Where parameters beyond the canonical fields stand. `dotted` (most trainers): nested keys become dotted paths and rows give
   * them shared names. `top`, `member`: kept as they stand, beside the fields or under `extraParams`; the names are the Ledger's.
   */
  readonly extras: 'dotted' | 'top' | 'member';
  /** Formats whose own keys mean the same here. */
  readonly dialects?: readonly ConfigFormat[];
  /** Reshapes the file for the rows, e.g. flattens sections. May change `tree`. */
  open?(tree: Tree, warn: Warn): Tree;
  /** The reverse of `open`. */
  close?(tree: Tree): Tree;
  /** Lists of `key=value` as objects; done by `open`, and for parameters a person typed as the trainer spells them. */
  unfold?(tree: Tree): Tree;
  /** The trainer's other file, which describes only the data. */
  readonly dataset?: FormatDefinition;
  /** Whether a key without a shared meaning belongs in this file; all do when absent. */
  ownKey?(key: string): boolean;
  /** What the trainer takes for a field the file does not give; told in a warning, and for alpha taken over (see `readFormat`). */
  readonly defaults: Partial<Record<ConfigFieldName, number | ((meaning: Meaning) => number | undefined)>>;
  /** Name of the written file, where the trainer wants a certain one. */
  readonly fileName?: string;
}
