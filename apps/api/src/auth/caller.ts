import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Role, TokenScope } from '@lora-ledger/contracts';
import type { FastifyRequest } from 'fastify';

/** A signed-in person, by whichever means. */
export interface UserCaller {
  kind: 'user';
  /** Snowflake of the user. */
  userId: string;
  username: string;
  role: Role;
  /** Session cookies and access tokens may do all the person may; API tokens what their scopes say. */
  via: 'session' | 'access-token' | 'api-token';
  scopes: readonly TokenScope[];
}

/** A trainer or worker that holds the token of one task. */
export interface TaskCaller {
  kind: 'task';
  /** Public name of the one task the token is good for. */
  taskId: string;
}

export type Caller = UserCaller | TaskCaller;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard before any handler runs; absent on public routes without credentials. */
    caller?: Caller;
  }
}

/** The person who calls. Only on routes whose access rule lets nobody but people in. */
export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext): UserCaller => {
  const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
  if (caller?.kind !== 'user') throw new Error('a route that reads the current user must not be open to others');
  return caller;
});

/** Whoever calls: a person, or the trainer of a task. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<FastifyRequest>();
  if (caller === undefined) throw new Error('a route that reads the caller must not be public');
  return caller;
});
