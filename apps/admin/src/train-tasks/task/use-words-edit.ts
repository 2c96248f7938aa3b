import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/problem.js';
import { problemText } from '../../ui/problem-text.js';
import { ownKey, readStored, writeStored } from '../../ui/stored.js';
import { tellDone } from '../../ui/undo-message.js';
import { useTell } from '../../ui/use-tell.js';
import { ChangedMeanwhile, useDescribeTask } from '../mutations.js';
import { tidy, wordsOf, wordsProblem, type WordField } from './description-rules.js';

interface Edit {
  text: string;
  /** What stood there when the person began. */
  base: string;
}

export interface WordsEdit {
  /** What is being typed; `null` while nobody edits. */
  text: string | null;
  type: (text: string) => void;
  begin: () => void;
  save: () => void;
  /** Leaves the text as it was. What was typed can be called back for a while. */
  giveUp: () => void;
  isSaving: boolean;
  /** Why it cannot be, or was not, saved. */
  error: string | null;
  /** What somebody else has written since the person began; `null` when nobody has. */
  theirs: string | null;
  takeTheirs: () => void;
  /** Whether the field takes the focus: not when a draft has come back with the page. */
  takesFocus: boolean;
}

/**
 * Editing of the name, the description or the tags of a task in their place. What is typed outlives the page until it is saved or given up.
 * The focus comes back to `pencil`, the button that began it.
 */
export function useWordsEdit(task: TrainTaskDetail, field: WordField, pencil: RefObject<HTMLButtonElement | null>): WordsEdit {
  const { t } = useTranslation();
  const tell = useTell();
  const { mutateAsync, isPending } = useDescribeTask(task.taskId);
  const current = wordsOf(task, field);
  const key = ownKey(`words.${task.taskId}.${field}`);
  const [edit, setEdit] = useState(() => readEdit(key, field, current));
  const [takesFocus, setTakesFocus] = useState(false);
  const [attempted, setAttempted] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const wasEditing = useRef(edit !== null);
  useEffect(() => {
    if (wasEditing.current && edit === null) pencil.current?.focus();
    wasEditing.current = edit !== null;
  }, [edit, pencil]);

  const put = (next: Edit | null): void => {
    setEdit(next);
    writeStored(key, next ?? undefined);
    setRefusal(null);
  };
  const open = (text: string, base: string): void => {
    setTakesFocus(true);
    setAttempted(false);
    put({ text, base });
  };
  const text = tidy(field, edit?.text ?? '');
  const problem = edit === null ? null : wordsProblem(field, text);

  const save = async (): Promise<void> => {
    setAttempted(true);
    if (edit === null || isPending || problem !== null) return;
    if (text === current) {
      put(null);
      return;
    }
    try {
      await mutateAsync({ field, text, seen: current });
    } catch (error) {
      // What they wrote has come with the refusal, and is shown.
      if (!(error instanceof ChangedMeanwhile))
        setRefusal(
          `${error instanceof ApiProblem && error.code === 'SECRET_IN_CONFIG' ? t('detail.words.secret') : problemText(t, error)} ${t('detail.words.kept')}`,
        );
      return;
    }
    put(null);
    tellDone(t, t(`detail.words.saved.${field}`), () => {
      mutateAsync({ field, text: current, seen: text }).catch((error: unknown) =>
        tell.refused(error instanceof ChangedMeanwhile ? t('detail.words.notUndone') : problemText(t, error)),
      );
    });
  };

  return {
    text: edit?.text ?? null,
    takesFocus,
    isSaving: isPending,
    theirs: edit !== null && current !== edit.base && current !== text ? current : null,
    error:
      refusal ??
      (problem !== null && (attempted || problem.rule !== 'required')
        ? t(`detail.words.problem.${problem.rule}`, { limit: problem.limit ?? '' })
        : null),
    type: (next) => put({ text: next, base: edit?.base ?? current }),
    begin: () => open(current, current),
    save: () => void save(),
    giveUp: () => {
      put(null);
      if (edit !== null && text !== current) tellDone(t, t(`detail.words.givenUp.${field}`), () => open(edit.text, edit.base));
    },
    takeTheirs: () => put({ text: current, base: current }),
  };
}

/** A text that was left before it was saved, unless it has come to stand there since. */
function readEdit(key: string, field: WordField, current: string): Edit | null {
  const { text, base } = (readStored(key) ?? {}) as Partial<Edit>;
  return typeof text === 'string' && typeof base === 'string' && tidy(field, text) !== current ? { text, base } : null;
}
