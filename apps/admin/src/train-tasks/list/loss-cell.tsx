import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../ui/use-format.js';
import { sparklineOptions, sparkPath } from './sparklines.js';
import css from './task-columns.module.css';

const WIDTH = 44;
const HEIGHT = 14;

/** The loss as a number, and beside it the way it took. */
export function LossCell({ task }: { task: TrainTaskSummary }) {
  const format = useFormat();
  const { data } = useQuery({ ...sparklineOptions(task), enabled: task.startTime !== null });
  const path = data == null ? null : sparkPath(data, WIDTH, HEIGHT);
  return (
    <span className={css.loss}>
      {path !== null && <svg className={css.spark} width={WIDTH} height={HEIGHT + 2} viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`} aria-hidden><path d={path} /></svg>}
      {format.loss(task.finalLoss)}
    </span>
  );
}
