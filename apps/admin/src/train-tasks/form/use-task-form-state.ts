import { useForm } from '@mantine/form';
import { useDebouncedCallback } from '@mantine/hooks';
import type { FieldError } from '@lora-ledger/contracts';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/problem.js';
import { ruleText } from '../../ui/rule-text.js';
import { forgetDraft, holdDraft, readDraft, saveDraft, type Draft, type DraftSource, type FileReport } from './draft-store.js';
import { toRequest, type FormValues } from './form-model.js';
import { findProblems, isOfWords, placeOf } from './form-problems.js';
import { originOf } from './field-origin.js';
import type { TaskFormState } from './task-form-context.js';

const SAVE_AFTER_MS = 400;

export interface TaskFormControl extends TaskFormState {
  values: FormValues;
  /** When the draft that came back was saved; `null` when the form began fresh. */
  restoredFrom: string | null;
  /** Problems that are shown now. */
  shownProblems: number;
  /** Shows every problem; answers whether the form may be handed in. */
  attempt: () => boolean;
  /** Shows a server's refusal at the fields it speaks of. */
  refuse: (error: unknown) => void;
  /** Puts a whole draft into the form, as a file or an undo does. */
  fill: (draft: Draft) => void;
  /** What stands in the form now. */
  draft: Draft;
  /** The text beside the form, once there is one of its own. */
  source: DraftSource | null;
  setSource: (source: DraftSource | null) => void;
  report: FileReport | null;
  /** Whether nobody has put anything in yet. */
  untouched: boolean;
  /** Whether leaving would lose something: the browser keeps no drafts. */
  wouldLose: () => boolean;
  startOver: () => void;
  /** The draft has served, or is not wanted any more. */
  finish: () => void;
}

/**
 * The state of a task form: values with a draft that outlives the page, and problems said at the right time.
 * A draft saved since `openedAt` (ISO-8601) is no surprise to anybody: it is not said to be back.
 */
export function useTaskFormState(draftName: string, initial: FormValues, original: FormValues | null, openedAt = ''): TaskFormControl {
  const { t } = useTranslation();
  const [draft] = useState(() => readDraft(draftName));
  const [restoredFrom, setRestoredFrom] = useState(() =>
    draft === undefined || (openedAt !== '' && draft.savedAt >= openedAt) || isFresh(draft, initial) ? null : draft.savedAt,
  );
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [attempted, setAttempted] = useState(false);
  const [complaints, setComplaints] = useState<readonly FieldError[]>([]);
  const [source, setSource] = useState(draft?.source ?? null);
  const [report, setReport] = useState(draft?.report ?? null);
  const losable = useRef(false);
  const latest = useRef<Draft>({ values: draft?.values ?? initial, source, report });
  const save = useDebouncedCallback(
    () => {
      losable.current = !saveDraft(draftName);
    },
    { delay: SAVE_AFTER_MS, flushOnUnmount: true },
  );
  const hold = (next: Draft): void => {
    latest.current = next;
    holdDraft(draftName, next);
    save();
  };
  const form = useForm<FormValues>({
    mode: 'controlled',
    initialValues: draft?.values ?? initial,
    onValuesChange: (values) => {
      setComplaints([]);
      hold({ ...latest.current, values });
    },
  });
  const { values } = form;
  const problems = useMemo(() => findProblems(values), [values]);
  const complaintAt = useMemo(
    () => new Map(complaints.map((complaint) => [placeOf(complaint.path, values), complaint])),
    [complaints, values],
  );

  const problemAt = (place: string): string | undefined => {
    const complaint = complaintAt.get(place);
    if (complaint !== undefined) return ruleText(t, complaint);
    const problem = problems.get(place);
    return problem !== undefined && (attempted || touched.has(place) || isOfWords(place)) ? ruleText(t, problem) : undefined;
  };
  const forget = (): void => {
    save.cancel();
    forgetDraft(draftName);
    losable.current = false;
  };
  const put = (next: Draft): void => {
    latest.current = next;
    form.setValues(next.values);
    setSource(next.source);
    setReport(next.report);
    setAttempted(false);
    setTouched(new Set());
  };

  return {
    form,
    values,
    problemAt,
    original,
    restoredFrom,
    source,
    report,
    // A draft that was handed in is lost to nobody.
    wouldLose: () => losable.current && readDraft(draftName) !== undefined,
    originOf: (name) => originOf(name, values, report),
    draft: { values, source, report },
    untouched: isFresh({ values, source, report }, initial),
    setSource: (next) => {
      setSource(next);
      hold({ ...latest.current, source: next });
    },
    touch: (place) => setTouched((before) => (before.has(place) ? before : new Set(before).add(place))),
    shownProblems: [...new Set([...problems.keys(), ...complaintAt.keys()])].filter((place) => problemAt(place) !== undefined).length,
    attempt: () => {
      setAttempted(true);
      return problems.size === 0;
    },
    refuse: (error) => setComplaints(error instanceof ApiProblem ? error.errors : []),
    fill: (next) => {
      put(next);
      hold(next);
    },
    startOver: () => {
      put({ values: initial, source: null, report: null });
      forget();
      setRestoredFrom(null);
    },
    finish: forget,
  };
}

/** Whether nobody has put anything in yet. */
function isFresh({ values, source, report }: Draft, initial: FormValues): boolean {
  return report === null && source === null && JSON.stringify(toRequest(values)) === JSON.stringify(toRequest(initial));
}
