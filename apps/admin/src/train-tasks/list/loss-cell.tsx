import type { TrainTaskSummary } from '@lora-ledger/contracts';
import type { Format } from '../../ui/use-format.js';
import { SPARK_HEIGHT, SPARK_WIDTH, useSparkline } from './sparklines.js';
import css from './task-columns.module.css';

/** The loss as a number, and beside it the way it took. The line is there, if empty, before it is known: to make a new one for every row that scrolls in would cost more than the row. */
export function LossCell({ task, format }: { task: TrainTaskSummary; format: Format }) {
  const path = useSparkline(task);
  return (
    <span className={css.loss}>
      <svg className={css.spark} width={SPARK_WIDTH} height={SPARK_HEIGHT} aria-hidden>
        <path d={path ?? ''} />
      </svg>
      {format.loss(task.finalLoss)}
    </span>
  );
}
