import type { TaskScope } from '@lora-ledger/contracts';
import type { Where } from '../database/where.js';
import type { UserCaller } from './caller.js';

/**
 * The owner rule. Lists, counts, aggregates, exports, comparisons and live streams all take their condition from here, so that a member's
 * statements carry it in SQL. A member asks about their own tasks unless they say otherwise, an admin about everybody's.
 *
 * @param alias of `train_task` in the statement
 * @returns a condition whose values are bound in `where`
 */
export function visibleTasks(where: Where, caller: UserCaller, alias = 't', scope?: TaskScope): string {
  const me = where.bind(caller.userId, 'bigint');
  const rules: Record<TaskScope, () => string> = {
    mine: () => `${alias}.create_user = ${me}`,
    shared: () => `${alias}.create_user <> ${me} AND ${sharedWith(alias, me)}`,
    all: () => maySee(alias, me, caller.role === 'admin' ? 'TRUE' : 'FALSE'),
  };
  return `(${rules[scope ?? (caller.role === 'admin' ? 'all' : 'mine')]()})`;
}

/** Who may read a task, over SQL expressions for the person and whether they are an admin. */
export function maySee(alias: string, me: string, isAdmin: string): string {
  return `(${mayChange(alias, me, isAdmin)} OR ${sharedWith(alias, me)})`;
}

/** Who may change a task: its owner and admins. Sharing never gives this. */
export function mayChange(alias: string, me: string, isAdmin: string): string {
  return `(${isAdmin} OR ${alias}.create_user = ${me})`;
}

/** What lies in the trash is not shared any more. */
function sharedWith(alias: string, me: string): string {
  return `(${alias}.deleted_at IS NULL AND EXISTS (SELECT FROM task_share share WHERE share.train_task_id = ${alias}.id AND coalesce(share.user_id, 0) IN (0, ${me})))`;
}
