import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { actorOf, type Actor } from './actor.js';
import { AuditLog } from './audit-log.js';

/** A page that is open asks again and again; that is one look, not hundreds. */
const ONE_LOOK_MS = 15 * 60_000;
const REMEMBERED = 10_000;

/**
 * Notes when an admin looks at somebody else's task, before the answer goes out: no look without a line.
 * Changes write their own lines, in the transaction that makes them.
 */
@Injectable()
export class ViewLogInterceptor implements NestInterceptor {
  /** Looks of this instance, oldest first: who and what → when by the monotonic clock. */
  private readonly looks = new Map<string, number>();

  constructor(private readonly audit: AuditLog) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { caller, task } = request;
    const isLook = request.method === 'GET' && caller?.kind === 'user' && task !== undefined && task.ownerId !== caller.userId && caller.role === 'admin';
    if (isLook) await this.note(`${caller.userId} ${task.id}`, task.id, actorOf(request));
    return next.handle();
  }

  private async note(look: string, trainTaskId: string, actor: Actor): Promise<void> {
    if (!this.isNew(look)) return;
    try {
      await this.audit.addForTasks(actor, 'task.viewed', [trainTaskId]);
    } catch (error) {
      this.looks.delete(look);
      throw error;
    }
  }

  private isNew(look: string): boolean {
    const now = performance.now();
    const before = this.looks.get(look);
    if (before !== undefined && now - before < ONE_LOOK_MS) return false;
    this.looks.delete(look);
    this.looks.set(look, now);
    const [oldest] = this.looks.keys();
    if (this.looks.size > REMEMBERED && oldest !== undefined) this.looks.delete(oldest);
    return true;
  }
}
