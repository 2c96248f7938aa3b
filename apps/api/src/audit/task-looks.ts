import { Injectable } from '@nestjs/common';
import type { UserCaller } from '../auth/caller.js';
import type { Actor } from './actor.js';
import { AuditLog } from './audit-log.js';

/** A page that is open asks again and again; that is one look, not hundreds. */
const ONE_LOOK_MS = 15 * 60_000;
const REMEMBERED = 10_000;

/** Notes when an admin looks at other people's tasks. Call it before the answer goes out: no look without a line. */
@Injectable()
export class TaskLooks {
  /** Looks of this instance, oldest first: who and what → when by the monotonic clock. */
  private readonly looks = new Map<string, number>();

  constructor(private readonly audit: AuditLog) {}

  /** @param tasks row ids and owners of what is about to be shown */
  async note(caller: UserCaller, actor: Actor, tasks: readonly { id: string; ownerId: string }[]): Promise<void> {
    if (caller.role !== 'admin') return;
    const ids = tasks.filter(({ id, ownerId }) => ownerId !== caller.userId && this.isNew(caller.userId, id)).map(({ id }) => id);
    if (ids.length === 0) return;
    try {
      await this.audit.addForTasks(actor, 'task.viewed', ids);
    } catch (error) {
      for (const id of ids) this.looks.delete(`${caller.userId} ${id}`);
      throw error;
    }
  }

  private isNew(userId: string, id: string): boolean {
    const [look, now] = [`${userId} ${id}`, performance.now()];
    const before = this.looks.get(look);
    if (before !== undefined && now - before < ONE_LOOK_MS) return false;
    this.looks.delete(look);
    this.looks.set(look, now);
    const [oldest] = this.looks.keys();
    if (this.looks.size > REMEMBERED && oldest !== undefined) this.looks.delete(oldest);
    return true;
  }
}
