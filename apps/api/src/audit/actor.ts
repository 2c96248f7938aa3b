import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Who did something, and from where, as the audit log keeps it. */
export interface Actor {
  userId: string | null;
  /** Username, `trainer`, or `anonymous` before anybody has signed in. */
  name: string;
  via: 'session' | 'access-token' | 'api-token' | 'task-token' | 'none' | 'console';
  address: string | null;
  requestId: string | null;
}

/** The program itself: first start, clean-up. */
export const LEDGER_ACTOR: Actor = { userId: null, name: 'ledger', via: 'console', address: null, requestId: null };

export function actorOf(request: FastifyRequest): Actor {
  const { caller } = request;
  const from = { address: request.ip, requestId: request.id };
  if (caller?.kind === 'user') return { userId: caller.userId, name: caller.username, via: caller.via, ...from };
  return caller?.kind === 'task'
    ? { userId: null, name: 'trainer', via: 'task-token', ...from }
    : { userId: null, name: 'anonymous', via: 'none', ...from };
}

/** Who calls, for handlers that write to the audit log themselves. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor =>
  actorOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
