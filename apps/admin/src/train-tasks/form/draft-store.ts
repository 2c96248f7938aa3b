import type { FileWarning } from '@lora-ledger/contracts';
import type { ConfigFormat } from '@lora-ledger/training';
import { randomId } from '../../ui/random-id.js';
import { ownKey, readStored, writeStored } from '../../ui/stored.js';
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

/** What was typed and is not in storage yet, or could not be put there, by key. */
const unsaved = new Map<string, StoredDraft>();

/** `name` tells the forms apart: `new`, `new.<id>`, or `clone.<taskId>`. What was typed a moment ago is part of it. */
export function readDraft(name: string): StoredDraft | undefined {
  const held = unsaved.get(keyOf(name));
  if (held !== undefined) return held;
  const stored = readStored(keyOf(name)) as Partial<StoredDraft> | undefined;
  if (stored?.savedAt === undefined || !isForm(stored.values)) return undefined;
  return { values: stored.values, source: stored.source ?? null, report: stored.report ?? null, savedAt: stored.savedAt };
}

/** Notes what stands in a form now, to be kept by `saveDraft` when typing pauses. */
export function holdDraft(name: string, draft: Draft): void {
  unsaved.set(keyOf(name), { ...draft, savedAt: new Date().toISOString() });
}

/** @returns whether the browser keeps what was held last; a draft that was forgotten since does not come back */
export function saveDraft(name: string): boolean {
  const held = unsaved.get(keyOf(name));
  if (held === undefined) return true;
  const isKept = writeStored(keyOf(name), held);
  if (isKept) unsaved.delete(keyOf(name));
  return isKept;
}

/** @returns whether the browser has kept it */
export function keepDraft(name: string, draft: Draft): boolean {
  holdDraft(name, draft);
  return saveDraft(name);
}

export function forgetDraft(name: string): void {
  unsaved.delete(keyOf(name));
  writeStored(keyOf(name), undefined);
  unkeptSubmissions.delete(submissionsKeyOf(name));
  writeStored(submissionsKeyOf(name), undefined);
}

interface Submission {
  content: string;
  idempotencyKey: string;
}

/** Enough for going to and fro between some versions of a draft. */
const SUBMISSIONS_MAX = 4;
/** Where the browser keeps nothing: as good as it gets. */
const unkeptSubmissions = new Map<string, readonly Submission[]>();

/**
 * The key for a request made from a draft, kept as long as the draft. The same content from the same draft again is the same
 * submission, perhaps after a lost answer, a reload or a double click; other content is another one.
 */
export function idempotencyKeyOf(name: string, request: unknown): string {
  const content = JSON.stringify(request);
  const stored = unkeptSubmissions.get(submissionsKeyOf(name)) ?? readStored(submissionsKeyOf(name));
  const known = Array.isArray(stored) ? (stored as readonly Submission[]) : [];
  const found = known.find((submission) => submission.content === content);
  if (found !== undefined) return found.idempotencyKey;
  const added = { content, idempotencyKey: randomId() };
  const next = [added, ...known].slice(0, SUBMISSIONS_MAX);
  if (writeStored(submissionsKeyOf(name), next)) unkeptSubmissions.delete(submissionsKeyOf(name));
  else unkeptSubmissions.set(submissionsKeyOf(name), next);
  return added.idempotencyKey;
}

function submissionsKeyOf(name: string): string {
  return ownKey(`submissions.${name}`);
}

function keyOf(name: string): string {
  return ownKey(`draft.${name}`);
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
