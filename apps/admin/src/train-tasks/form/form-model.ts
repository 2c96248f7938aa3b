import type { CreateTrainTask } from '@lora-ledger/contracts';
import { CONFIG_FIELDS, CONFIG_FIELD_NAMES, type ConfigFieldName, type JsonObject, type JsonValue } from '@lora-ledger/training';
import { randomId } from '../../ui/random-id.js';

export const EXTRA_TYPES = ['text', 'number', 'boolean', 'json'] as const;
export type ExtraType = (typeof EXTRA_TYPES)[number];

/** One extra parameter while it is edited: its value is text until it is read as its type. */
export interface ExtraRow {
  /** Stays the same while name and value change. */
  id: string;
  key: string;
  type: ExtraType;
  text: string;
}

export type TextFieldName = Exclude<ConfigFieldName, 'incremental'>;
export const TEXT_FIELD_NAMES = CONFIG_FIELD_NAMES.filter((name): name is TextFieldName => name !== 'incremental');

/** What stands in the form. Numbers are text, because people write `1e-4` and pass through `1e-` on the way. */
export interface FormValues {
  trainer: string;
  name: string;
  description: string;
  tags: string[];
  note: string;
  config: Record<TextFieldName, string>;
  incremental: boolean;
  extra: ExtraRow[];
}

/** The fields of a create request as far as they are known: a trainer's defaults, a parsed file, an earlier task. */
export type RequestDraft = { readonly [Key in keyof CreateTrainTask]?: CreateTrainTask[Key] };

export function toValues(draft: RequestDraft): FormValues {
  return {
    trainer: draft.trainer ?? '',
    name: draft.name ?? '',
    description: draft.description ?? '',
    tags: [...(draft.tags ?? [])],
    note: draft.note ?? '',
    config: Object.fromEntries(TEXT_FIELD_NAMES.map((name) => [name, numberText(draft[name])])) as Record<TextFieldName, string>,
    incremental: draft.incremental ?? false,
    extra: Object.entries(draft.extraParams ?? {}).map(([key, value]) => extraRow(key, value)),
  };
}

/** The request that the form stands for. Fields left empty are absent; text that is no number stays text, so that the rules refuse it. */
export function toRequest(values: FormValues): Record<string, unknown> {
  const config = TEXT_FIELD_NAMES.flatMap((name): [string, unknown][] => {
    const text = values.config[name].trim();
    return text === '' ? [] : [[name, readField(name, text)]];
  });
  const extraParams = toExtraParams(values.extra);
  return {
    ...(values.trainer === '' ? {} : { trainer: values.trainer }),
    ...(values.name.trim() === '' ? {} : { name: values.name.trim() }),
    ...(values.description.trim() === '' ? {} : { description: values.description.trim() }),
    ...(values.tags.length === 0 ? {} : { tags: values.tags }),
    ...(values.note.trim() === '' ? {} : { note: values.note.trim() }),
    ...Object.fromEntries(config),
    ...(values.incremental ? { incremental: true } : {}),
    ...(Object.keys(extraParams).length === 0 ? {} : { extraParams }),
  };
}

function readField(name: TextFieldName, text: string): unknown {
  const { kind } = CONFIG_FIELDS[name];
  return kind === 'integer' || kind === 'number' ? readNumber(text) : text;
}

/** Decimal numbers only: `0x10` and `Infinity` are surprises in a form. */
function readNumber(text: string): number | string {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}

function numberText(value: string | number | null | undefined): string {
  if (value == null) return '';
  if (typeof value === 'string') return value;
  const size = Math.abs(value);
  return size !== 0 && size < 1e-3 ? value.toExponential().replace('e+', 'e') : String(value);
}

export function extraRow(key: string, value: JsonValue): ExtraRow {
  // Not counted: rows of a draft come back after a reload with the names they had.
  const id = randomId();
  switch (typeof value) {
    case 'string':
      return { id, key, type: 'text', text: value };
    case 'number':
      return { id, key, type: 'number', text: numberText(value) };
    case 'boolean':
      return { id, key, type: 'boolean', text: String(value) };
    default:
      return { id, key, type: 'json', text: JSON.stringify(value) };
  }
}

/** The value a row stands for; `undefined` when its text cannot be read as its type. */
export function readExtra({ type, text }: Pick<ExtraRow, 'type' | 'text'>): JsonValue | undefined {
  switch (type) {
    case 'text':
      return text;
    case 'boolean':
      return text === 'true';
    case 'number': {
      const value = readNumber(text.trim());
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    }
    case 'json':
      try {
        return JSON.parse(text) as JsonValue;
      } catch {
        return undefined;
      }
  }
}

/** A row nobody has written into yet. */
export function isBlank({ key, text, type }: ExtraRow): boolean {
  return key.trim() === '' && (text === '' || type === 'boolean');
}

function toExtraParams(rows: readonly ExtraRow[]): JsonObject {
  return Object.fromEntries(rows.filter((row) => !isBlank(row)).map((row) => [row.key.trim(), readExtra(row) ?? row.text]));
}
