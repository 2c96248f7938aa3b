import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from './actor.js';
import { changesAsJson, type Changes } from './changes.js';

export interface AuditEntry {
  /** `user.create`, `session.sign-in` …: what, dot, verb. */
  action: string;
  subject: { type: 'user' | 'session' | 'api-token' | 'task' | 'route' | 'audit-log'; id?: string | null; name?: string | null };
  changes?: Changes;
}

/** Adds to the audit log. Rows are never changed or removed: the database refuses it. */
@Injectable()
export class AuditLog {
  constructor(private readonly database: DataSource) {}

  /** @param manager of the transaction that makes the change, so that neither exists without the other */
  async add(actor: Actor, { action, subject, changes }: AuditEntry, manager: EntityManager = this.database.manager): Promise<void> {
    await manager.query(
      `INSERT INTO audit_log (actor_id, actor, via, action, subject_type, subject_id, subject, changes, address, request_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [actor.userId, actor.name, actor.via, action, subject.type, subject.id ?? null, subject.name ?? null, changes ? changesAsJson(changes) : null, actor.address, actor.requestId],
    );
  }
}
