import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Role, TokenScope } from '@lora-ledger/contracts';
import type { TaskStatus } from '@lora-ledger/training';
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
  /** The session behind a cookie or access token. */
  sessionId?: string;
}

/** A trainer or worker that holds the token of one task. */
export interface TaskCaller {
  kind: 'task';
  /** Public name of the one task the token is good for. */
  taskId: string;
}

export type Caller = UserCaller | TaskCaller;

/** The task named by `:taskId`, as the caller may have it. */
export interface CalledTask {
  /** Row id, a snowflake. */
  id: string;
  taskId: string;
  name: string;
  status: TaskStatus;
  ownerId: string;
  /** Its task token outlives the end of the task for a while, only to complete the record. */
  closing: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard before any handler runs; absent on public routes. */
    caller?: Caller;
    /** Set by the access guard on routes with a task rule. */
    task?: CalledTask;
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

/** The task of a route with a task rule. */
export const CurrentTask = createParamDecorator((_data: unknown, context: ExecutionContext): CalledTask => {
  const { task } = context.switchToHttp().getRequest<FastifyRequest>();
  if (task === undefined) throw new Error('a route that reads the current task must have a task rule');
  return task;
});
