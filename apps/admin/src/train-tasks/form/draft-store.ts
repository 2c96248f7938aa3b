import type { FileWarning } from '@lora-ledger/contracts';
import type { ConfigFormat } from '@lora-ledger/training';
import { readStored, writeStored } from '../../ui/stored.js';
import { TEXT_FIELD_NAMES, type FormValues, type RequestDraft } from './form-model.js';

/** The text a draft was read from, or that was written beside the form. */
export interface DraftSource {
  format: ConfigFormat;
  text: string;
  fileName: string | null;
  /** `sourceKey` of the form that the text says the same as; `null` while it cannot be read. */
  key: string | null;
}

/** What a file told when it filled the form. */
export interface FileReport {
  fileName: string;
  format: ConfigFormat | 'safetensors';
  /** The fields as they came, to tell those that were changed since. */
  draft: RequestDraft;
  unmapped: readonly string[];
  warnings: readonly FileWarning[];
  /** For weights: which fields stand in the file and which are guesses. */
  recovered: { source: string; fields: Readonly<Record<string, 'file' | 'guess'>> } | null;
}

/** A form that was left before it was handed in. */
export interface Draft {
  values: FormValues;
  source: DraftSource | null;
  report: FileReport | null;
}

interface StoredDraft extends Draft {
  /** ISO-8601. */
  savedAt: string;
}

/** `name` tells the forms apart: `new`, `new.<id>`, or `clone.<taskId>`. */
export function readDraft(name: string): StoredDraft | undefined {
  const stored = readStored(keyOf(name)) as Partial<StoredDraft> | undefined;
  if (stored?.savedAt === undefined || !isForm(stored.values)) return undefined;
  return { values: stored.values, source: stored.source ?? null, report: stored.report ?? null, savedAt: stored.savedAt };
}

/** @returns whether the browser has kept it */
export function keepDraft(name: string, draft: Draft): boolean {
  return writeStored(keyOf(name), { ...draft, savedAt: new Date().toISOString() } satisfies StoredDraft);
}

export function forgetDraft(name: string): void {
  writeStored(keyOf(name), undefined);
}

function keyOf(name: string): string {
  return `lora-ledger.draft.${name}`;
}

/** An older version of the application may have written it. */
function isForm(values: FormValues | undefined): values is FormValues {
  return (
    Array.isArray(values?.extra) &&
    Array.isArray(values.tags) &&
    typeof values.note === 'string' &&
    TEXT_FIELD_NAMES.every((field) => typeof values.config[field] === 'string')
  );
}
