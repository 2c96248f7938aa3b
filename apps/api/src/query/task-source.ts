import type { TrainTaskFilter } from '@lora-ledger/contracts';
import type { UserCaller } from '../auth/caller.js';
import { visibleTasks } from '../auth/visibility.js';
import { Where } from '../database/where.js';
import { applyFilter } from './list-filter.js';

/** `train_task` with the figures that `task_fact` has ready: slower, but it knows texts, labels and extra parameters. */
const WIDE = `(SELECT w.*,
    extract(epoch FROM w.start_time - w.created_at)::real AS waited,
    extract(epoch FROM w.end_time - w.start_time)::real AS lasted,
    CASE WHEN w.end_time IS NOT NULL THEN w.current_step END AS steps
  FROM train_task w)`;

/** What tasks can be grouped by, and how they ended: all that statistics over extra parameters read. */
export const GROUPABLE = [
  'id',
  'create_user',
  'created_at',
  'status',
  'failure_reason',
  'model_name',
  'trainer',
  'lora_rank',
  'lora_alpha',
  'learning_rate',
  'batch_size',
  'epochs',
  'gpu',
  'host',
  'waited',
  'lasted',
  'steps',
]
  .map((column) => `t.${column}`)
  .join(', ');

/** What a statement over tasks begins with: `FROM …`, and the conditions under which a caller may see them. */
export interface TaskSource {
  /** Follows FROM; the tasks have the alias `t`. */
  from: string;
  /** The caller's tasks that the filter selects; more conditions and values may be added. */
  where: Where;
}

/**
 * The tasks a caller may see and a filter selects, from the narrow table whenever that knows all that is asked.
 *
 * @param needsExtra the statement reads `t.extra_params`
 */
export function selectTasks(filter: TrainTaskFilter, caller: UserCaller, needsExtra = false): TaskSource {
  const where = new Where();
  where.and(visibleTasks(where, caller, 't', filter.scope));
  applyFilter(where, filter);
  const owner = filter.user?.length ? ' JOIN app_user u ON u.id = t.create_user' : '';
  return { from: `${needsExtra || asksForTexts(filter) ? WIDE : 'task_fact'} t${owner}`, where };
}

function asksForTexts({ q, tag, fingerprint, family, taskId, ids, extra, extraMin, extraMax, unset }: TrainTaskFilter): boolean {
  return (
    Boolean(q?.trim()) ||
    Boolean(tag?.length) ||
    fingerprint != null ||
    family != null ||
    taskId != null ||
    Boolean(ids?.length) ||
    Object.keys({ ...extra, ...extraMin, ...extraMax }).length > 0 ||
    Boolean(unset?.some((name) => name.startsWith('extra.')))
  );
}

/**
 * The newest of the selected tasks, at most `limit` and one more, as a relation to go on with: where the newest say as much as all,
 * so that the cost does not grow with the ledger.
 *
 * @param columns SQL over `t`
 */
export function newestTasks({ from, where }: TaskSource, columns: string, limit: number): string {
  return `(SELECT ${columns} FROM ${from} ${where.sql} ORDER BY t.id DESC LIMIT ${where.bind(limit + 1, 'integer')})`;
}
