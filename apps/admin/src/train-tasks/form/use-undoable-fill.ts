import { useState } from 'react';
import type { Draft } from './draft-store.js';
import type { TaskFormControl } from './use-task-form-state.js';

/** Fills the form, and takes the last filling back while there is one. */
export function useUndoableFill({ draft, fill }: Pick<TaskFormControl, 'draft' | 'fill'>): {
  fill: (next: Draft) => void;
  undo: (() => void) | null;
} {
  const [before, setBefore] = useState<Draft | null>(null);
  const undo = (): void => {
    if (before !== null) fill(before);
    setBefore(null);
  };
  return {
    fill: (next) => {
      setBefore(draft);
      fill(next);
    },
    undo: before === null ? null : undo,
  };
}
