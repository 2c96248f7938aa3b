import { Injectable } from '@nestjs/common';
import type { TaskEvent } from '@lora-ledger/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { AuditLog } from '../audit/audit-log.js';
import type { Changes } from '../audit/changes.js';
import { TaskEventRow } from './task-event.entity.js';

/** What happened to a task beside changes of its state (those write their own line, see `task-moves.ts`). */
@Injectable()
export class TaskHistory {
  constructor(
    private readonly database: DataSource,
    private readonly audit: AuditLog,
  ) {}

  async add(
    trainTaskId: string,
    type: string,
    actor: Actor,
    why: string | null = null,
    manager: EntityManager = this.database.manager,
    changes: Changes | null = null,
  ): Promise<void> {
    await manager.insert(TaskEventRow, { trainTaskId, type, actor: actor.name, actorId: actor.userId, why });
    await this.audit.addForTasks(actor, `task.${type}`, [trainTaskId], changes, manager);
  }

  /** Oldest first. A task has a handful of events; the bound only keeps a runaway script from filling an answer. */
  async of(trainTaskId: string): Promise<TaskEvent[]> {
    const rows = await this.database.manager.find(TaskEventRow, { where: { trainTaskId }, order: { id: 'ASC' }, take: 1000 });
    return rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      type: row.type,
      actor: row.actor,
      from: row.fromStatus,
      to: row.toStatus,
      why: row.why,
    }));
  }
}
