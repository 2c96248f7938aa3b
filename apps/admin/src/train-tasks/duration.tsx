import type { TrainTaskSummary } from '@lora-ledger/contracts';
import type { ReactNode } from 'react';
import { useFormat, type Format } from '../ui/use-format.js';
import { useNow } from '../ui/use-now.js';

/** Seconds between start and end, or until `now` (milliseconds) while it runs; `null` before it has started. */
export function durationOf({ startTime, endTime }: Pick<TrainTaskSummary, 'startTime' | 'endTime'>, now: number): number | null {
  if (startTime === null) return null;
  return Math.max(0, ((endTime === null ? now : Date.parse(endTime)) - Date.parse(startTime)) / 1000);
}

/** How long a task took, or has been taking so far. */
export function Duration({ task }: { task: Pick<TrainTaskSummary, 'startTime' | 'endTime'> }) {
  const format = useFormat();
  const now = useNow(task.startTime !== null && task.endTime === null);
  return <span className="tabular">{format.duration(durationOf(task, now))}</span>;
}

/** The same in a table that draws hundreds: only what still grows is a component. */
export function durationCell(task: Pick<TrainTaskSummary, 'startTime' | 'endTime'>, format: Format): ReactNode {
  return task.startTime !== null && task.endTime === null ? <Duration task={task} /> : format.duration(durationOf(task, 0));
}
