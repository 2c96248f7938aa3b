import { readStored, writeStored } from '../../ui/stored.js';
import { TEXT_FIELD_NAMES, type FormValues } from './form-model.js';

interface StoredDraft {
  values: FormValues;
  /** ISO-8601. */
  savedAt: string;
}

/** A form that was left before it was handed in. `name` tells the forms apart: `new`, or `clone.<taskId>`. */
export function readDraft(name: string): StoredDraft | undefined {
  const stored = readStored(keyOf(name)) as Partial<StoredDraft> | undefined;
  return stored?.savedAt !== undefined && isForm(stored.values) ? { values: stored.values, savedAt: stored.savedAt } : undefined;
}

export function keepDraft(name: string, values: FormValues): void {
  writeStored(keyOf(name), { values, savedAt: new Date().toISOString() } satisfies StoredDraft);
}

export function forgetDraft(name: string): void {
  writeStored(keyOf(name), undefined);
}

function keyOf(name: string): string {
  return `lora-ledger.draft.${name}`;
}

/** An older version of the application may have written it. */
function isForm(values: FormValues | undefined): values is FormValues {
  return Array.isArray(values?.extra) && Array.isArray(values.tags) && typeof values.note === 'string' && TEXT_FIELD_NAMES.every((field) => typeof values.config[field] === 'string');
}
