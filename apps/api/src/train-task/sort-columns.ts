import type { SortField } from '@lora-ledger/contracts';
import { DURATION } from '../query/list-filter.js';

export interface SortColumn {
  sql: string;
  type: 'text' | 'double precision' | 'timestamptz' | 'bigint' | 'integer';
  nullable: boolean;
}

/** What each order of the list goes by, as SQL over `train_task t`. */
export const SORT_COLUMNS: Record<SortField, SortColumn> = {
  // Ids are made in the order of time, so "newest first" needs no column beside the key.
  createdAt: { sql: 't.id', type: 'bigint', nullable: false },
  startTime: { sql: 't.start_time', type: 'timestamptz', nullable: true },
  endTime: { sql: 't.end_time', type: 'timestamptz', nullable: true },
  name: { sql: 't.name', type: 'text', nullable: false },
  status: { sql: 't.status', type: 'text', nullable: false },
  modelName: { sql: 't.model_name', type: 'text', nullable: false },
  loraRank: { sql: 't.lora_rank', type: 'integer', nullable: false },
  loraAlpha: { sql: 't.lora_alpha', type: 'double precision', nullable: false },
  learningRate: { sql: 't.learning_rate', type: 'double precision', nullable: false },
  batchSize: { sql: 't.batch_size', type: 'integer', nullable: false },
  epochs: { sql: 't.epochs', type: 'double precision', nullable: true },
  progress: { sql: 't.progress', type: 'double precision', nullable: true },
  finalLoss: { sql: 't.final_loss', type: 'double precision', nullable: true },
  bestLoss: { sql: 't.best_loss', type: 'double precision', nullable: true },
  duration: { sql: DURATION, type: 'double precision', nullable: true },
  cost: { sql: 't.cost', type: 'double precision', nullable: true },
  // Of use in the trash: elsewhere no task has one.
  deletedAt: { sql: 't.deleted_at', type: 'timestamptz', nullable: true },
};

/** Whether a cursor's text is a value that PostgreSQL could have written for the column, and so can read back. */
export function isSortValue({ type }: SortColumn, value: string): boolean {
  switch (type) {
    case 'text':
      return value.length <= 1000 && !value.includes('\0');
    case 'timestamptz':
      return isTime(value);
    case 'bigint':
      return isRowId(value);
    case 'integer':
      return /^-?\d{1,10}$/.test(value) && Math.abs(Number(value)) < 2 ** 31;
    case 'double precision':
      return /^-?(\d+(\.\d+)?(e[+-]?\d{1,3})?|Infinity)$|^NaN$/.test(value) && value.length < 40;
  }
}

export function isRowId(text: string): boolean {
  return /^\d{1,19}$/.test(text) && BigInt(text) < 2n ** 63n;
}

/** As PostgreSQL writes a time in UTC, and a day that there is. */
function isTime(value: string): boolean {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,6})?\+00$/.exec(value);
  const time = match === null ? NaN : Date.parse(`${match[1]}T${match[2]}Z`);
  return time > 0 && new Date(time).toISOString().startsWith(`${match?.[1]}T${match?.[2]}`);
}
