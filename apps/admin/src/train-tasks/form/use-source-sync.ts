import { useDebouncedCallback } from '@mantine/hooks';
import type { ConfigFormat, FormatWarning } from '@lora-ledger/training';
import { useEffect, useRef, useState } from 'react';
import { findProblems, type Problems } from './form-problems.js';
import { toRequest, TEXT_FIELD_NAMES, type FormValues, type RequestDraft } from './form-model.js';
import { mergeDraft } from './merge-draft.js';
import { patchSource } from './patch-source.js';
import { maskSource, readSource, writeSource, type SourceProblem } from './source-codec.js';
import { sourceKey } from './source-key.js';
import type { TaskFormControl } from './use-task-form-state.js';

const SYNC_AFTER_MS = 250;

export interface SourceView {
  format: ConfigFormat;
  text: string;
  /** Why the text cannot be read; the form then keeps what it had. */
  problem: SourceProblem | null;
  /** What the format cannot say. */
  warnings: readonly FormatWarning[];
}

interface Synced extends SourceView {
  /** The form that the text, or the last one that could be read, says the same as. */
  values: FormValues;
  /** That form, written by us. */
  written: string;
  /** What reading the text gave. */
  draft: RequestDraft;
}

export interface SourceSync extends SourceView {
  /** Somebody has typed. `whole`: another text was pasted over this one, perhaps of another format. */
  type: (text: string, whole: boolean) => void;
  choose: (format: ConfigFormat) => void;
  /** Brings what was typed into the form at once, without the pause. */
  flush: () => void;
  /** Gives up what stands there and writes it anew from the form. */
  rewrite: () => void;
}

/** Keeps a text and the form in step: whichever is edited changes the other, shortly after, and only where it differs. */
export function useSourceSync(control: TaskFormControl, fallback: ConfigFormat): SourceSync {
  const own = control.source?.format ?? null;
  const [synced, setSynced] = useState<Synced>(() => begin(control, fallback));
  const now = useRef({ control, synced, own });
  useEffect(() => {
    now.current = { control, synced, own };
  });
  /** A text that was typed in a format, to come back as it was when that format is chosen again. */
  const kept = useRef(new Map<ConfigFormat, { text: string; key: string }>());

  const remember = (next: Synced): void => {
    setSynced(next);
    now.current.synced = next;
    const { source } = now.current.control;
    if (source !== null && source.format === next.format)
      now.current.control.setSource({ ...source, text: next.text, key: next.problem === null ? sourceKey(next.values) : null });
  };

  const fromForm = useDebouncedCallback(
    () => {
      const {
        control: { values },
        synced: before,
        own: keys,
      } = now.current;
      if (before.problem !== null || sourceKey(values) === sourceKey(before.values)) return;
      const fresh = write(values, before, before.format, keys);
      const patched = patchSource(before.text, before.written, fresh.written);
      const isTrue = patched !== null && sameDraft(readSource(patched, before.format).parsed?.draft, fresh.draft);
      remember({ ...fresh, text: isTrue ? patched : fresh.text });
    },
    { delay: SYNC_AFTER_MS },
  );

  const fromSource = useDebouncedCallback(
    (text: string, whole: boolean) => {
      const {
        control: { values, source, form, setSource },
        synced: before,
      } = now.current;
      let format = before.format;
      let reading = readSource(text, whole ? null : format);
      if (reading.parsed === null && whole) reading = readSource(text, format);
      format = reading.parsed?.format ?? format;
      const fileName = source?.fileName ?? null;
      if (reading.parsed === null) {
        setSource({ format, text: maskSource(text), fileName, key: null });
        setSynced({ ...before, text, problem: reading.problem });
        return;
      }
      const draft = reading.parsed.draft as RequestDraft;
      const merged = mergeDraft(values, before.draft, draft);
      const said = mergeDraft(before.values, before.draft, draft);
      const fresh = write(said, before, format, format);
      const told = reading.parsed.warnings.filter(({ code }) => code !== 'MISSING_FIELD' && code !== 'TRAINER_DEFAULT');
      setSynced({ ...fresh, text, draft, values: said, warnings: [...told, ...fresh.warnings] });
      setSource({ format, text: maskSource(text), fileName, key: sourceKey(said) });
      form.setValues(merged);
    },
    { delay: SYNC_AFTER_MS, flushOnUnmount: true },
  );

  const key = sourceKey(control.values);
  useEffect(() => fromForm(), [key, synced.problem, fromForm]);

  return {
    format: synced.format,
    text: synced.text,
    problem: synced.problem,
    warnings: synced.warnings,
    type: (text, whole) => {
      setSynced({ ...now.current.synced, text });
      now.current.synced = { ...now.current.synced, text };
      fromSource(text, whole);
    },
    choose: (format) => {
      fromSource.flush();
      const {
        control: { values },
        synced: before,
      } = now.current;
      kept.current.set(before.format, { text: before.text, key: sourceKey(before.values) });
      const fresh = write(values, before, format, own ?? before.format);
      const former = kept.current.get(format);
      remember(former?.key === sourceKey(values) ? { ...fresh, text: former.text } : fresh);
    },
    flush: fromSource.flush,
    rewrite: () => {
      fromSource.cancel();
      remember({ ...write(now.current.control.values, now.current.synced, now.current.synced.format, own), problem: null });
    },
  };
}

/** The text as it was left, where it still says what the form says; else the form, written down. */
function begin({ values, source }: TaskFormControl, fallback: ConfigFormat): Synced {
  const format = source?.format ?? fallback;
  const fresh = write(values, null, format, source?.format ?? null);
  if (source === null || (source.key !== null && source.key !== sourceKey(values))) return fresh;
  const reading = readSource(source.text, format);
  return reading.parsed === null
    ? { ...fresh, text: source.text, problem: reading.problem }
    : { ...fresh, text: source.text, draft: reading.parsed.draft };
}

/** A field that cannot be read yet, `1e-` on the way to `1e-4`, keeps its last value in the source. */
function write(values: FormValues, before: Synced | null, format: ConfigFormat, own: ConfigFormat | null): Synced {
  const request = readable(values, findProblems(values), before === null ? {} : toRequest(before.values));
  const { text, warnings } = writeSource(request, format, own);
  const { parsed } = readSource(text, format);
  return { format, text, written: text, warnings, problem: null, values, draft: parsed?.draft ?? {} };
}

function readable(values: FormValues, problems: Problems, former: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const request = toRequest(values);
  for (const name of TEXT_FIELD_NAMES) {
    const rule = problems.get(name)?.rule;
    if (rule !== 'typeNumber' && rule !== 'type') continue;
    if (former[name] === undefined) delete request[name];
    else request[name] = former[name];
  }
  const extraParams = (request['extraParams'] ?? {}) as Record<string, unknown>;
  delete extraParams[''];
  return request;
}

function sameDraft(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, ordered) === JSON.stringify(b, ordered);
}

function ordered(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
