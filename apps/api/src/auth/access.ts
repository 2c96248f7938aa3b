import { SetMetadata } from '@nestjs/common';

/**
 * Who may call a route. Every handler declares exactly one; a handler without one stops the start.
 * - `public`: anybody, signed in or not
 * - `signed-in`: any person (API tokens: scope `read` for GET, `submit` for changes)
 * - `person`: a person with a session or access token, never an API token (tokens must not mint tokens)
 * - `admin`: admins (API tokens: scope `read` for GET; changes need a session or access token)
 * - `task-read`: who may see the task named by `:taskId`; others are told there is none (API tokens: scope `read`)
 * - `task-write`: its owner and admins (API tokens: scope `submit`)
 * - `task-report`: its own task token, its owner's or an admin's API token with scope `report`, or their session
 * - `task-assignment`: its own task token only
 *
 * The task rules put the task at `request.task`. A task token is good while its task is PENDING or RUNNING; for ten minutes after
 * the end it may complete the record (exit code, output files, the last of the log), which `request.task.closing` says.
 */
export const ACCESS_RULES = [
  'public',
  'signed-in',
  'person',
  'admin',
  'task-read',
  'task-write',
  'task-report',
  'task-assignment',
] as const;
export type AccessRule = (typeof ACCESS_RULES)[number];

export const ACCESS_METADATA = 'ledger:access';
export const Access = (rule: AccessRule): MethodDecorator => SetMetadata(ACCESS_METADATA, rule);

const SETTLES_STATE_METADATA = 'ledger:settles-state';
/**
 * For a handler whose own statement refuses a task that does not run: whose token it is may then be known from the last seconds
 * (see `recent-tasks.ts`), which spares the hottest route a question per request.
 */
export const SettlesState = (): MethodDecorator => SetMetadata(SETTLES_STATE_METADATA, true);

export function settlesState(handler: object): boolean {
  return Reflect.getMetadata(SETTLES_STATE_METADATA, handler) === true;
}

export function isTaskRule(rule: AccessRule): boolean {
  return rule.startsWith('task-');
}
