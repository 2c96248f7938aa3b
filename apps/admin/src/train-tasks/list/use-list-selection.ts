import type { Selection, TrainTaskSummary } from '@lora-ledger/contracts';
import { useCallback, useState } from 'react';

interface Held {
  /** Which tasks the list was asked for when they were selected. */
  of: string;
  ids: ReadonlySet<string>;
  /** All that match, when they are selected without being loaded. */
  all: Selection | null;
  /** Selected before another order took their rows out of what is loaded. */
  aside: readonly TrainTaskSummary[];
}

const NOTHING: Omit<Held, 'of'> = { ids: new Set(), all: null, aside: [] };

/**
 * What is selected in a list. It belongs to the tasks the list was asked for: whichever way another list comes (a filter, a saved view, back,
 * a link), nothing is selected in it, so that no action reaches tasks that are not shown any more.
 *
 * @param question names the tasks the list is asked for, whatever their order and columns
 */
export function useListSelection(question: string) {
  const [held, setHeld] = useState<Held>({ of: question, ...NOTHING });
  // While drawing, not after it: not even one picture shows the old selection over other tasks.
  if (held.of !== question) setHeld({ of: question, ...NOTHING });
  const { ids, all, aside } = held.of === question ? held : NOTHING;
  return {
    ids,
    all,
    aside,
    select: useCallback((chosen: ReadonlySet<string>) => setHeld((before) => ({ ...before, ids: chosen, all: null })), []),
    selectAll: useCallback((matching: Selection) => setHeld((before) => ({ ...before, all: matching })), []),
    keepAside: useCallback((tasks: readonly TrainTaskSummary[]) => setHeld((before) => ({ ...before, aside: tasks })), []),
    clear: useCallback(() => setHeld((before) => ({ ...before, ...NOTHING })), []),
  };
}
