import { useForm } from '@mantine/form';
import { useDebouncedCallback } from '@mantine/hooks';
import type { FieldError } from '@lora-ledger/contracts';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/problem.js';
import { useFormat } from '../../ui/use-format.js';
import { forgetDraft, keepDraft, readDraft } from './draft-store.js';
import type { FormValues } from './form-model.js';
import { extraPlace, findProblems, placeOf, ruleOf, type FormProblem } from './form-problems.js';
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
  /** Complaints of the server that belong to no field of the form. */
  otherComplaints: string[];
  fill: (values: FormValues) => void;
  startOver: () => void;
  /** The form was handed in: its draft has served. */
  finish: () => void;
}

/** The state of a task form: values with a draft that outlives the page, and problems said at the right time. */
export function useTaskFormState(draftName: string, initial: FormValues, original: FormValues | null): TaskFormControl {
  const { t } = useTranslation();
  const format = useFormat();
  const [draft] = useState(() => readDraft(draftName));
  const [restoredFrom, setRestoredFrom] = useState(draft?.savedAt ?? null);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [attempted, setAttempted] = useState(false);
  const [complaints, setComplaints] = useState<readonly FieldError[]>([]);
  const save = useDebouncedCallback((values: FormValues) => keepDraft(draftName, values), { delay: SAVE_AFTER_MS, flushOnUnmount: true });
  const form = useForm<FormValues>({
    mode: 'controlled',
    initialValues: draft?.values ?? initial,
    onValuesChange: (values) => {
      setComplaints([]);
      save(values);
    },
  });
  const { values } = form;
  const problems = useMemo(() => findProblems(values), [values]);
  const complaintAt = useMemo(() => new Map(complaints.map((complaint) => [placeOf(complaint.path, values), complaint])), [complaints, values]);

  const sentence = ({ rule, limit }: FormProblem) => t(`form.rule.${rule}`, { limit: limit === undefined ? '' : format.count(limit) });
  const problemAt = (place: string): string | undefined => {
    const complaint = complaintAt.get(place);
    if (complaint !== undefined) {
      const rule = ruleOf(complaint);
      return rule === undefined ? complaint.message : sentence({ rule });
    }
    const problem = problems.get(place);
    return problem !== undefined && (attempted || touched.has(place)) ? sentence(problem) : undefined;
  };
  const places = new Set<string>([...Object.keys(values.config), 'name', 'description', 'tags', 'note', 'trainer', 'extraParams', ...values.extra.map(({ id }) => extraPlace(id))]);
  const forget = (): void => {
    save.cancel();
    forgetDraft(draftName);
  };

  return {
    form, values, problemAt, original, restoredFrom,
    touch: (place) => setTouched((before) => (before.has(place) ? before : new Set(before).add(place))),
    shownProblems: [...new Set([...problems.keys(), ...complaintAt.keys()])].filter((place) => problemAt(place) !== undefined).length,
    attempt: () => {
      setAttempted(true);
      return problems.size === 0;
    },
    refuse: (error) => setComplaints(error instanceof ApiProblem ? error.errors : []),
    otherComplaints: [...complaintAt].filter(([place]) => !places.has(place)).map(([, { path, message }]) => `${path}: ${message}`),
    fill: (next) => {
      form.setValues(next);
      setAttempted(false);
      setTouched(new Set());
    },
    startOver: () => {
      form.setValues(initial);
      forget();
      setRestoredFrom(null);
      setAttempted(false);
      setTouched(new Set());
    },
    finish: forget,
  };
}
