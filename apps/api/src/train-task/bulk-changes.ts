import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { auditTasks } from '../audit/audit-log.js';
import { Where } from '../database/where.js';
import { TaskChangeFeed } from '../stream/task-change-feed.js';
import { settle } from './settlement.js';
import { lockTasks, TaskMoves } from './task-moves.js';

/** Labels a task may have. */
export const TAGS_MAX = 50;

type Bind = (value: unknown, type?: string) => string;

interface Change {
  /** What the history calls it. */
  event: string;
  why?: string;
  /** SQL over `train_task t`: which tasks, and what becomes of them. */
  only: (ids: string, bind: Bind) => string;
  set: (bind: Bind) => string;
  /** SQL over `t` and its `former_tags`, jsonb: what the audit log notes as changed. */
  changed?: string;
}

/**
 * What people do to one task (see `changes.ts`), done to many in one statement: thousands one by one would take minutes.
 * Every method takes row ids and answers those of the tasks that have changed; each of these has its own line in the history and the audit log.
 */
@Injectable()
export class BulkChanges {
  constructor(
    private readonly database: DataSource,
    private readonly moves: TaskMoves,
    private readonly feed: TaskChangeFeed,
  ) {}

  async cancel(ids: string[], actor: Actor): Promise<string[]> {
    const moved = await this.moves.tryAll(ids, { move: 'cancel', actor, event: 'cancelled', set: () => settle(null) });
    return moved.map(({ id }) => id);
  }

  trash(ids: string[], actor: Actor): Promise<string[]> {
    return this.change(ids, actor, {
      event: 'trashed',
      only: () => `t.deleted_at IS NULL AND t.status <> 'RUNNING'`,
      set: () => 'deleted_at = now()',
    });
  }

  /** Of tasks with the same weights only one may be out of the trash: the one that is, else the newest. */
  restore(ids: string[], actor: Actor): Promise<string[]> {
    const rival = 'o.create_user = t.create_user AND o.weights_hash = t.weights_hash AND o.id <> t.id';
    return this.change(ids, actor, {
      event: 'restored',
      only: (these) =>
        `t.deleted_at IS NOT NULL AND NOT EXISTS (SELECT FROM train_task o WHERE ${rival} AND (o.deleted_at IS NULL OR (o.id > t.id AND o.id = ANY(${these}))))`,
      set: () => 'deleted_at = NULL',
    });
  }

  tag(ids: string[], add: string[], remove: string[], actor: Actor): Promise<string[]> {
    return this.change(ids, actor, {
      event: 'edited',
      why: 'tags',
      only: (_these, bind) => `${retags(bind, add, remove)} AND cardinality(${retagged(bind, add, remove)}) <= ${TAGS_MAX}`,
      set: (bind) => `tags = ${retagged(bind, add, remove)}`,
      changed: `jsonb_build_object('tags', jsonb_build_object('from', t.former_tags, 'to', t.tags))`,
    });
  }

  private async change(ids: string[], actor: Actor, { event, why, only, set, changed = 'NULL::jsonb' }: Change): Promise<string[]> {
    const where = new Where();
    const bind = where.bind.bind(where);
    const these = bind(ids, 'bigint[]');
    const statement = `
      WITH prior AS (
        SELECT t.id, t.tags FROM train_task t WHERE t.id = ANY(${these}) AND ${only(these, bind)}
      ), done AS (
        UPDATE train_task t SET ${set(bind)} FROM prior WHERE t.id = prior.id RETURNING t.id, t.task_id, t.name, t.tags, prior.tags AS former_tags
      ), noted AS (
        INSERT INTO task_event (train_task_id, type, actor, actor_id, why)
        SELECT id, ${bind(event, 'text')}, ${bind(actor.name, 'text')}, ${bind(actor.userId, 'bigint')}, ${bind(why ?? null, 'text')} FROM done
      ), audited AS (
        ${auditTasks({ actor, action: `task.${event}`, changed, source: 'done t', bind })}
      )
      SELECT id FROM done`;
    const done: { id: string }[] = await this.database.transaction(async (manager) => {
      await lockTasks(ids, manager);
      return manager.query(statement, where.parameters);
    });
    const changedIds = done.map(({ id }) => id);
    this.feed.mark(...changedIds);
    return changedIds;
  }
}

/** SQL: whether the labels of `t` would change. */
export function retags(bind: Bind, add: string[], remove: string[]): string {
  return `(NOT t.tags @> ${bind(
    add.filter((tag) => !remove.includes(tag)),
    'text[]',
  )} OR t.tags && ${bind(remove, 'text[]')})`;
}

/** SQL: the labels of `t` afterwards, in the order they came. */
function retagged(bind: Bind, add: string[], remove: string[]): string {
  return `ARRAY(SELECT tag FROM unnest(t.tags || ${bind(add, 'text[]')}) WITH ORDINALITY AS x(tag, place) WHERE tag <> ALL(${bind(remove, 'text[]')}) GROUP BY tag ORDER BY min(place))`;
}
