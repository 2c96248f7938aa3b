import type { TrainerDto } from '@lora-ledger/contracts';
import { useState } from 'react';
import type { Draft } from './draft-store.js';
import { takenBack } from './merge-draft.js';
import type { TaskFormControl } from './use-task-form-state.js';

/** Fills the form, and takes the last filling back while there is one; what was typed since stays. */
export function useUndoableFill(
  { draft, fill }: Pick<TaskFormControl, 'draft' | 'fill'>,
  trainers: readonly TrainerDto[],
): {
  fill: (next: Draft) => void;
  undo: (() => void) | null;
} {
  const [last, setLast] = useState<{ before: Draft; filled: Draft } | null>(null);
  const undo = (): void => {
    if (last !== null) fill({ ...last.before, values: takenBack(draft.values, last.filled.values, last.before.values, trainers) });
    setLast(null);
  };
  return {
    fill: (next) => {
      setLast({ before: draft, filled: next });
      fill(next);
    },
    undo: last === null ? null : undo,
  };
}
