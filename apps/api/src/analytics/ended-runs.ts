import type { TrainTaskFilter } from '@lora-ledger/contracts';
import type { EndedRun, JsonObject, Params, ParamValue } from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';
import { visibleTasks } from '../auth/visibility.js';
import { Where } from '../database/where.js';
import type { Read } from './snapshot.js';
import { newestTasks, selectTasks } from '../query/task-source.js';

/** A run with what it was told and what came of it. `value` is set by whoever has an objective. */
export interface Run extends EndedRun {
  finalLoss: number | null;
  /** GPU seconds, or seconds from start to end where none were reported. */
  seconds: number | null;
}

interface Row {
  taskId: string;
  succeeded: boolean;
  finalLoss: number | null;
  seconds: number | null;
  modelName: string;
  trainer: string;
  loraRank: number;
  loraAlpha: number;
  learningRate: number;
  batchSize: number;
  epochs: number | null;
  extra: JsonObject;
}

const COLUMNS = `w.task_id AS "taskId", w.model_name AS "modelName", w.trainer, w.lora_rank AS "loraRank", w.lora_alpha AS "loraAlpha", w.learning_rate AS "learningRate",
  w.batch_size AS "batchSize", w.epochs, w.extra_params AS extra`;
/** An extra parameter counts when it stands in so large a share of the runs, with so few values: otherwise it is a path or a name. */
const COMMON = 0.9;
const MOST_VALUES = 12;
const MOST_EXTRAS = 6;

/**
 * The newest runs that ended by their own doing. A data folder that was missing, a host that died or a trainer that could not be started say
 * nothing about parameters, so such failures are left out, and cancelled tasks too.
 *
 * @returns oldest first, at most `limit` and one more; parameters as `loraRank` … and `extra.<key>`
 */
export async function endedRuns(read: Read, filter: TrainTaskFilter, caller: UserCaller, limit: number): Promise<Run[]> {
  const source = selectTasks(filter, caller);
  source.where.and(`t.status = 'SUCCESS' OR (t.status = 'FAILED' AND coalesce(t.failure_reason, '') NOT IN ('DATA', 'LAUNCH', 'LOST'))`);
  const newest = newestTasks(source, `t.id, t.status, t.final_loss, coalesce(t.gpu_seconds, t.lasted) AS seconds`, limit);
  const rows = await read<Row>(
    `SELECT ${COLUMNS}, t.status = 'SUCCESS' AS succeeded, t.final_loss AS "finalLoss", t.seconds FROM ${newest} t JOIN train_task w ON w.id = t.id ORDER BY t.id`,
    source.where.parameters,
  );
  const extras = commonExtras(rows);
  return rows.map((row) => ({
    taskId: row.taskId,
    succeeded: row.succeeded,
    finalLoss: finite(row.finalLoss),
    seconds: finite(row.seconds),
    value: null,
    params: paramsOf(row, extras),
  }));
}

/** What the caller may see of the newest tasks of these models that wait or run. @returns oldest first, at most `limit`, with every extra parameter */
export async function paramsUnderWay(read: Read, modelName: string[], caller: UserCaller, limit: number): Promise<Params[]> {
  const where = new Where();
  where.and(visibleTasks(where, caller, 'w', 'all'));
  where.and(`w.model_name = ANY(${where.bind(modelName, 'text[]')})`);
  // Each of the two has an index of its own, and there are few of either; a list of states would have neither.
  where.and(`(w.status = 'PENDING' AND w.deleted_at IS NULL) OR (w.status = 'RUNNING' AND w.deleted_at IS NULL)`);
  const rows = await read<Row>(
    `SELECT ${COLUMNS} FROM train_task w ${where.sql} ORDER BY w.id DESC LIMIT ${where.bind(limit, 'integer')}`,
    where.parameters,
  );
  return rows.reverse().map((row) => paramsOf(row, Object.keys(row.extra)));
}

/** The parameters of one task in the same words. */
export async function paramsOfTask(read: Read, taskId: string): Promise<Params | null> {
  const [row] = await read<Row>(`SELECT ${COLUMNS} FROM train_task w WHERE w.task_id = $1`, [taskId]);
  return row === undefined ? null : paramsOf(row, Object.keys(row.extra));
}

function paramsOf(
  { modelName, trainer, loraRank, loraAlpha, learningRate, batchSize, epochs, extra }: Row,
  extras: readonly string[],
): Params {
  const params: Record<string, ParamValue> = { modelName, trainer, loraRank, loraAlpha, learningRate, batchSize };
  if (epochs !== null) params['epochs'] = epochs;
  for (const key of extras) {
    const value = extra[key];
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') params[`extra.${key}`] = value;
  }
  return params;
}

function commonExtras(rows: readonly Row[]): string[] {
  const values = new Map<string, { count: number; distinct: Set<unknown> }>();
  for (const { extra } of rows) {
    for (const [key, value] of Object.entries(extra)) {
      if (typeof value === 'object' && value !== null) continue;
      const known = values.get(key) ?? { count: 0, distinct: new Set() };
      known.count += 1;
      if (known.distinct.size <= MOST_VALUES) known.distinct.add(value);
      values.set(key, known);
    }
  }
  return [...values]
    .filter(([, { count, distinct }]) => count >= COMMON * rows.length && distinct.size > 1 && distinct.size <= MOST_VALUES)
    .sort((a, b) => b[1].count - a[1].count || a[1].distinct.size - b[1].distinct.size)
    .slice(0, MOST_EXTRAS)
    .map(([key]) => key);
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
