import { Injectable } from '@nestjs/common';
import { MOVES, type MoveName, type TaskStatus } from '@lora-ledger/training';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { auditTasks } from '../audit/audit-log.js';
import { Where } from '../database/where.js';
import { Problem } from '../problem.js';
import { TASK_CHANNEL } from '../stream/task-change-feed.js';

export interface MoveRequest {
  /** Row id of the task. */
  id: string;
  move: MoveName;
  actor: Actor;
  /** What the history calls it: `started`, `finished`, `failed`, `cancelled`. */
  event: string;
  why?: string | null;
  /** Columns that change with the state: SQL expressions over `t`, values bound by the caller. */
  set?: (bind: (value: unknown, type?: string) => string) => string[];
}

export interface MovedTask {
  id: string;
  taskId: string;
  status: TaskStatus;
}

/**
 * The only place that changes the state of a task. A move is one guarded statement that also writes the history and the audit log:
 * when the state has moved on meanwhile, nothing happens and the caller is told.
 */
@Injectable()
export class TaskMoves {
  constructor(private readonly database: DataSource) {}

  /** @returns `null` when no arrow of this name leaves the present state, or the task is in the trash */
  async try({ id, ...request }: MoveRequest, manager?: EntityManager): Promise<MovedTask | null> {
    const [moved] = await this.tryAll([id], request, manager);
    return moved ?? null;
  }

  /**
   * The same move of many tasks, all in one statement.
   * @param ids row ids
   * @returns those that have moved
   */
  async tryAll(ids: readonly string[], request: Omit<MoveRequest, 'id'>, manager?: EntityManager): Promise<MovedTask[]> {
    if (manager === undefined) return this.database.transaction((own) => this.tryAll(ids, request, own));
    const { move, actor, event, why = null, set } = request;
    // A statement sees what was committed when it began. Waiting for the rows before it begins lets the losses that an ending
    // settles include every report that was stored before.
    await lockTasks(ids, manager);
    const { from, to } = MOVES[move];
    const where = new Where();
    const bind = where.bind.bind(where);
    const [tasks, allowed, next] = [bind(ids, 'bigint[]'), bind([...from], 'text[]'), bind(to, 'text')];
    const columns = [`status = ${next}`, 'version = t.version + 1', ...(set?.(bind) ?? [])];
    return manager.query(
      `
      WITH prior AS (
        SELECT id, status FROM train_task WHERE id = ANY(${tasks}) AND status = ANY(${allowed}) AND deleted_at IS NULL FOR UPDATE
      ), moved AS (
        UPDATE train_task t SET ${columns.join(', ')} FROM prior WHERE t.id = prior.id RETURNING t.id, t.task_id, t.name, t.status, prior.status AS former
      ), noted AS (
        INSERT INTO task_event (train_task_id, type, actor, actor_id, from_status, to_status, why)
        SELECT id, ${bind(event, 'text')}, ${bind(actor.name, 'text')}, ${bind(actor.userId, 'bigint')}, former, status, ${bind(why, 'text')} FROM moved
      ), audited AS (
        ${auditTasks({ actor, action: `task.${event}`, changed: STATUS_CHANGE, source: 'moved t', bind })}
      )
      SELECT id, task_id AS "taskId", status, pg_notify('${TASK_CHANNEL}', id::text) FROM moved`,
      where.parameters,
    );
  }

  /** @throws Problem STATE_CONFLICT that says where the task stands instead */
  async move(request: MoveRequest, manager?: EntityManager): Promise<MovedTask> {
    const moved = await this.try(request, manager);
    if (moved !== null) return moved;
    throw conflict(request.move, await this.statusOf(request.id, manager));
  }

  /** The state as committed now. @throws Problem NOT_FOUND */
  async statusOf(id: string, manager: EntityManager = this.database.manager): Promise<TaskStatus> {
    const [row]: { status: TaskStatus }[] = await manager.query('SELECT status FROM train_task WHERE id = $1', [id]);
    if (row === undefined) throw Problem.notFound();
    return row.status;
  }
}

/** Until the end of the transaction. Always in the same order, so that two who need the same rows do not wait for each other. */
export async function lockTasks(ids: readonly string[], manager: EntityManager): Promise<void> {
  await manager.query('SELECT FROM train_task WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE', [ids]);
}

const STATUS_CHANGE = `jsonb_build_object('status', jsonb_build_object('from', t.former, 'to', t.status))`;

/** For reports of a run that has not begun. */
export function notStarted(): Problem {
  return new Problem('STATE_CONFLICT', 'The task is PENDING. Send "start" first.', {
    reason: 'wrongStatus',
    members: { taskStatus: 'PENDING' },
  });
}

export function conflict(move: MoveName, status: TaskStatus): Problem {
  const { from, to } = MOVES[move];
  const inTrash = from.includes(status);
  const detail = inTrash
    ? `The task is ${status}, but lies in the trash: restore it first.`
    : `The task is ${status}; only ${from.join(' or ')} can become ${to}.`;
  return new Problem('STATE_CONFLICT', detail, { reason: inTrash ? 'inTrash' : 'wrongStatus', members: { taskStatus: status } });
}
