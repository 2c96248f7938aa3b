import { LOSS_KEYS } from '@lora-ledger/training';

const LOSS_LIST = LOSS_KEYS.map((key) => `'${key}'`).join(', ');
const lossColumn = (column: string): string => `(
  SELECT ${column} FROM metric_summary s WHERE s.train_task_id = t.id AND s.key IN (${LOSS_LIST})
  ORDER BY array_position(ARRAY[${LOSS_LIST}]::text[], s.key::text) LIMIT 1)`;

/**
 * The columns that every ending settles, whoever brings it about: losses from the summaries and what it cost.
 * GPU time is what was reported, else the time from start to end; a task that never started used none.
 * The price is the one the profile had when the task was submitted.
 *
 * @param gpuSeconds placeholder of the reported seconds, `null` when nobody reports any
 */
export function settle(gpuSeconds: string | null): string[] {
  const wall = 'CASE WHEN t.start_time IS NULL THEN 0 ELSE extract(epoch FROM now() - t.start_time)::double precision END';
  const seconds = gpuSeconds === null ? `coalesce(t.gpu_seconds, ${wall})` : `coalesce(${gpuSeconds}, t.gpu_seconds, ${wall})`;
  return [
    `final_loss = ${lossColumn(`CASE WHEN last_value IN ('NaN', 'Infinity', '-Infinity') THEN NULL ELSE last_value END`)}`,
    `best_loss = ${lossColumn('min_value')}`,
    `gpu_seconds = ${seconds}`,
    `cost = t.cost_per_hour * (${seconds}) / 3600`,
    'end_time = now()',
  ];
}
