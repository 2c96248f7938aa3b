import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { actorOf } from './actor.js';
import { TaskLooks } from './task-looks.js';

/** Every read of one task passes here. Changes write their own lines, in the transaction that makes them. */
@Injectable()
export class TaskLooksInterceptor implements NestInterceptor {
  constructor(private readonly looks: TaskLooks) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { caller, task } = request;
    if (request.method === 'GET' && caller?.kind === 'user' && task !== undefined) await this.looks.note(caller, actorOf(request), [task]);
    return next.handle();
  }
}
