import { EXTRA_COLUMN, isWellFormed, SORT_FIELDS, type SortField } from '@lora-ledger/contracts';
import { escapeLiteral } from 'pg';
import { DURATION } from '../query/list-filter.js';

export interface SortColumn {
  sql: string;
  type: 'text' | 'double precision' | 'timestamptz' | 'bigint' | 'integer' | 'jsonb';
  nullable: boolean;
  /** What `sql` reads beside `train_task t`, one row of it for a task or none. */
  join?: string;
}

/** What each order of the list goes by, as SQL over `train_task t`. */
const SORT_COLUMNS: Record<SortField, SortColumn> = {
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

/** A cursor holds this much of a text; tasks whose texts differ only after it count as equal. */
const TEXT_MAX = 100;

/**
 * @param field one of `SORT_FIELDS` or a further column, as `EXTRA_COLUMN` has it
 * @param alias for what it joins, different for each column of an order
 */
export function sortColumnOf(field: string, alias: string): SortColumn | undefined {
  const known = SORT_FIELDS.find((one) => one === field);
  if (known !== undefined) return SORT_COLUMNS[known];
  const { metric, part, extra } = EXTRA_COLUMN.exec(field)?.groups ?? {};
  if (metric !== undefined)
    return {
      sql: `${alias}.${part}_value`,
      type: 'double precision',
      nullable: true,
      join: `LEFT JOIN metric_summary ${alias} ON ${alias}.train_task_id = t.id AND ${alias}.key = ${escapeLiteral(metric)}`,
    };
  if (extra === undefined) return undefined;
  const value = `t.extra_params -> ${escapeLiteral(extra)}`;
  return {
    // Compared as JSON, so that numbers go by their size and texts by their letters, whatever kinds a parameter has had.
    sql: `(CASE jsonb_typeof(${value}) WHEN 'number' THEN ${value} WHEN 'boolean' THEN ${value}
      WHEN 'string' THEN to_jsonb(left(t.extra_params ->> ${escapeLiteral(extra)}, ${TEXT_MAX})) END)`,
    type: 'jsonb',
    nullable: true,
  };
}

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
    case 'jsonb':
      return /^-?\d{1,400}(\.\d{1,400})?$/.test(value) || isJsonScalar(value);
  }
}

/** A truth value, or a text that PostgreSQL can hold. */
function isJsonScalar(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'boolean' || (typeof value === 'string' && !value.includes('\0') && isWellFormed(value));
  } catch {
    return false;
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
