import type { TrainTaskSummary } from '@lora-ledger/contracts';
import type { Format } from '../../ui/use-format.js';
import { SPARK_HEIGHT, SPARK_WIDTH, useSparkline } from './sparklines.js';
import css from './task-columns.module.css';

/** The loss as a number, and beside it the way it took. */
export function LossCell({ task, format }: { task: TrainTaskSummary; format: Format }) {
  const path = useSparkline(task);
  return (
    <span className={css.loss}>
      {path != null && <svg className={css.spark} width={SPARK_WIDTH} height={SPARK_HEIGHT + 2} viewBox={`0 -1 ${SPARK_WIDTH} ${SPARK_HEIGHT + 2}`} aria-hidden><path d={path} /></svg>}
      {format.loss(task.finalLoss)}
    </span>
  );
}
