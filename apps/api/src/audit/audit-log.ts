import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Where } from '../database/where.js';
import type { Actor } from './actor.js';
import { changesAsJson, type Changes } from './changes.js';

export interface AuditEntry {
  /** What, dot, what was done to it: `user.created`, `session.refused`. */
  action: string;
  subject: {
    type: 'user' | 'session' | 'api-token' | 'task' | 'audit-log' | 'saved-view' | 'budget';
    id?: string | null;
    name?: string | null;
  };
  changes?: Changes;
}

/** Adds to the audit log. Rows are never changed or removed: the database refuses it. */
@Injectable()
export class AuditLog {
  constructor(private readonly database: DataSource) {}

  /** @param manager of the transaction that makes the change, so that neither exists without the other */
  async add(actor: Actor, { action, subject, changes }: AuditEntry, manager: EntityManager = this.database.manager): Promise<void> {
    await manager.query(`INSERT INTO audit_log (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [
      actor.userId,
      actor.name,
      actor.via,
      actor.address,
      actor.requestId,
      action,
      changes ? changesAsJson(changes) : null,
      subject.type,
      subject.id ?? null,
      subject.name ?? null,
    ]);
  }

  /** @param trainTaskIds row ids; each task gets a line of its own */
  async addForTasks(
    actor: Actor,
    action: string,
    trainTaskIds: readonly string[],
    changes: Changes | null = null,
    manager: EntityManager = this.database.manager,
  ): Promise<void> {
    const where = new Where();
    const bind = where.bind.bind(where);
    const changed = bind(changes === null ? null : changesAsJson(changes), 'jsonb');
    const source = `train_task t WHERE t.id = ANY(${bind(trainTaskIds, 'bigint[]')})`;
    await manager.query(auditTasks({ actor, action, changed, source, bind }), where.parameters);
  }
}

const COLUMNS = 'actor_id, actor, via, address, request_id, action, changes, subject_type, subject_id, subject';

interface TaskLines {
  actor: Actor;
  action: string;
  /** SQL over `t`, jsonb of `Changes`. */
  changed: string;
  /** SQL that follows FROM; its alias `t` has `task_id` and `name`. */
  source: string;
  bind: (value: unknown, type?: string) => string;
}

/** The statement that adds a line for every task of a source: to stand alone, or in a WITH beside the change itself. */
export function auditTasks({ actor, action, changed, source, bind }: TaskLines): string {
  const who = [
    bind(actor.userId, 'bigint'),
    bind(actor.name, 'text'),
    bind(actor.via, 'text'),
    bind(actor.address, 'text'),
    bind(actor.requestId, 'text'),
  ];
  return `INSERT INTO audit_log (${COLUMNS}) SELECT ${who.join(', ')}, ${bind(action, 'text')}, ${changed}, 'task', t.task_id::text, t.name FROM ${source}`;
}
