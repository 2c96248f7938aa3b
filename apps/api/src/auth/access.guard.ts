import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isUUID } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';
import { ACCESS_METADATA, isTaskRule, settlesState, type AccessRule } from './access.js';
import { CallerLookup, type FoundUser } from './caller-lookup.js';
import type { UserCaller } from './caller.js';
import { credentialOf, type Credential } from './credential.js';
import { changesSomething, refuseForeignPage, requireOwnPage } from './csrf.js';

/** Stands before every route: finds out who calls, and lets them in only as the route's access rule says. Nothing passes without a rule. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly lookup: CallerLookup,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS_METADATA, context.getHandler());
    if (rule === undefined) throw new Problem('FORBIDDEN', 'This address is closed: it does not say who may call it.');
    if (rule === 'public') {
      if (changesSomething(request)) refuseForeignPage(request);
      return true;
    }
    const credential = credentialOf(request);
    if (credential === null) throw unauthenticated(context, 'Sign in, or send "Authorization: Bearer" with a token.');
    const taskId = isTaskRule(rule) ? taskIdOf(request) : null;
    if (credential.kind === 'task-token') await this.admitTask(context, rule, credential, taskId);
    else await this.admitUser(context, rule, credential, taskId);
    return true;
  }

  private async admitTask(context: ExecutionContext, rule: AccessRule, credential: Credential, taskId: string | null): Promise<void> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const task = settlesState(context.getHandler()) ? await this.lookup.recentTask(credential) : await this.lookup.task(credential);
    if (task === null) throw unauthenticated(context, 'This task token is not valid any more: it ends with its task.');
    if (rule !== 'task-report' && rule !== 'task-assignment')
      throw new Problem('FORBIDDEN', 'A task token is good for the reports of its task, nothing else.');
    if (task.taskId !== taskId) throw Problem.notFound();
    request.caller = { kind: 'task', taskId: task.taskId };
    request.task = task;
  }

  private async admitUser(context: ExecutionContext, rule: AccessRule, credential: Credential, taskId: string | null): Promise<void> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const found = await this.lookup.user(credential, taskId);
    if (found === null) throw unauthenticated(context, 'The session or token is not valid any more. Sign in again.');
    if (credential.kind === 'session' && changesSomething(request)) requireOwnPage(request, credential.secret);
    requireScope(rule, found.caller, changesSomething(request));
    requireRight(rule, found);
    request.caller = found.caller;
    if (found.task !== null) request.task = found.task;
  }
}

/** What a personal API token may do is less than what its owner may do. */
function requireScope(rule: AccessRule, caller: UserCaller, isChange: boolean): void {
  if (caller.via !== 'api-token') return;
  if (rule === 'person' || (rule === 'admin' && isChange))
    throw new Problem('FORBIDDEN', 'This needs a person who has signed in: API tokens may not do it.');
  const needed = rule === 'task-report' ? 'report' : isChange ? 'submit' : 'read';
  if (!caller.scopes.includes(needed)) throw new Problem('FORBIDDEN', `This API token lacks the scope "${needed}".`);
}

function requireRight(rule: AccessRule, { caller, task, mayChangeTask }: FoundUser): void {
  if (rule === 'admin' && caller.role !== 'admin') throw new Problem('FORBIDDEN', 'Only admins may do this.');
  if (!isTaskRule(rule)) return;
  if (rule === 'task-assignment')
    throw new Problem('FORBIDDEN', 'Only the worker that runs the task may do this, with the token of the task.');
  if (task === null) throw Problem.notFound();
  if (rule !== 'task-read' && !mayChangeTask)
    throw new Problem('FORBIDDEN', 'This task is shared with you for reading. Clone it to make it yours.');
}

function taskIdOf(request: FastifyRequest): string {
  const { taskId } = request.params as Record<string, string | undefined>;
  if (taskId === undefined || !isUUID(taskId)) throw Problem.invalid([{ path: 'taskId', message: 'taskId must be a UUID', rule: 'type' }]);
  return taskId.toLowerCase();
}

function unauthenticated(context: ExecutionContext, detail: string): Problem {
  void context.switchToHttp().getResponse<FastifyReply>().header('WWW-Authenticate', 'Bearer');
  return new Problem('UNAUTHENTICATED', detail);
}
