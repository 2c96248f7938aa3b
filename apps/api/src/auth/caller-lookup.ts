import { Inject, Injectable } from '@nestjs/common';
import type { Role, TokenScope } from '@lora-ledger/contracts';
import type { TaskStatus } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { prepared } from '../database/prepared.js';
import { AccessTokens } from './access-tokens.js';
import type { CalledTask, UserCaller } from './caller.js';
import type { Credential } from './credential.js';
import { RecentTasks } from './recent-tasks.js';
import { hashSecret } from './secrets.js';
import { mayChange, maySee } from './visibility.js';

/** Minutes for which a task token may still complete the record of a task that has ended. */
const CLOSING_MINUTES = 10;
/** Seconds between two notes of "last seen": exact enough for people, and a write per request would cost more than the request. */
const TOUCH_SECONDS = 60;

export interface FoundUser {
  caller: UserCaller;
  /** The named task when there is one the person may see. */
  task: CalledTask | null;
  mayChangeTask: boolean;
}

interface UserRow {
  userId: string;
  username: string;
  role: Role;
  scopes: TokenScope[] | null;
  sessionId: string | null;
  tokenId: string | null;
  seenAgo: number;
  id: string | null;
  taskId: string;
  name: string;
  status: TaskStatus;
  ownerId: string;
  mayChange: boolean | null;
}

interface TaskRow extends CalledTask {
  alive: boolean;
}

/** Finds out who calls and what the named task is to them: one round trip for both. */
@Injectable()
export class CallerLookup {
  private readonly recent = new RecentTasks();

  constructor(
    private readonly database: DataSource,
    private readonly accessTokens: AccessTokens,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param taskId public name of the task the route names, if it does */
  async user(credential: Credential, taskId: string | null): Promise<FoundUser | null> {
    const secret = credential.kind === 'access-token' ? await this.accessTokens.read(credential.secret) : credential.secret;
    if (secret === null || credential.kind === 'task-token') return null;
    const parameters: unknown[] = [hashSecret(secret)];
    const source = credential.kind === 'api-token' ? API_TOKEN : sessionBy(credential.kind === 'session' ? 'token_hash' : 'access_hash');
    if (credential.kind !== 'api-token') parameters.push(this.config.sessionIdle);
    const text = `WITH who AS (${source}) SELECT who.*, ${taskId === null ? NO_TASK : withTask(parameters, taskId)}`;
    const [row] = await prepared<UserRow>(
      this.database,
      `caller by ${credential.kind}${taskId === null ? '' : ' for task'}`,
      text,
      parameters,
    );
    if (row === undefined) return null;
    await this.touch(row);
    return { caller: callerOf(row, credential.kind), task: taskOf(row), mayChangeTask: row.mayChange === true };
  }

  /** The task a task token is good for, while it is good. */
  async task(credential: Credential): Promise<CalledTask | null> {
    const [row] = await prepared<TaskRow>(this.database, 'task of token', TASK_OF_TOKEN, [hashSecret(credential.secret), CLOSING_MINUTES]);
    if (row === undefined || !(row.alive || row.closing)) return null;
    return { id: row.id, taskId: row.taskId, name: row.name, status: row.status, ownerId: row.ownerId, closing: row.closing };
  }

  /** Like {@link task}, but as of the last seconds: for handlers that settle the state of the task themselves. */
  async recentTask(credential: Credential): Promise<CalledTask | null> {
    const hash = hashSecret(credential.secret);
    const known = this.recent.find(hash);
    if (known !== null) return known;
    const task = await this.task(credential);
    if (task !== null) this.recent.remember(hash, task);
    return task;
  }

  private async touch(row: UserRow): Promise<void> {
    if (row.seenAgo < TOUCH_SECONDS) return;
    if (row.sessionId !== null) await this.database.query('UPDATE session SET last_seen_at = now() WHERE id = $1', [row.sessionId]);
    if (row.tokenId !== null) await this.database.query('UPDATE api_token SET last_used_at = now() WHERE id = $1', [row.tokenId]);
  }
}

function callerOf(row: UserRow, via: UserCaller['via']): UserCaller {
  return {
    kind: 'user',
    userId: row.userId,
    username: row.username,
    role: row.role,
    via,
    scopes: row.scopes ?? [],
    ...(row.sessionId === null ? {} : { sessionId: row.sessionId }),
  };
}

function taskOf(row: UserRow): CalledTask | null {
  return row.id === null
    ? null
    : { id: row.id, taskId: row.taskId, name: row.name, status: row.status, ownerId: row.ownerId, closing: false };
}

const LIVE_USER = 'NOT u.disabled AND u.deleted_at IS NULL';

const sessionBy = (column: 'token_hash' | 'access_hash') => `
  SELECT u.id AS "userId", u.username, u.role, NULL::text[] AS scopes, s.id AS "sessionId", NULL::bigint AS "tokenId",
    extract(epoch FROM now() - s.last_seen_at)::float8 AS "seenAgo"
  FROM session s JOIN app_user u ON u.id = s.user_id
  WHERE s.${column} = $1 AND s.expires_at > now() AND s.last_seen_at > now() - make_interval(secs => $2) AND ${LIVE_USER}`;

const API_TOKEN = `
  SELECT u.id AS "userId", u.username, u.role, k.scopes, NULL::uuid AS "sessionId", k.id AS "tokenId",
    coalesce(extract(epoch FROM now() - k.last_used_at)::float8, 'Infinity') AS "seenAgo"
  FROM api_token k JOIN app_user u ON u.id = k.user_id
  WHERE k.token_hash = $1 AND k.deleted_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now()) AND ${LIVE_USER}`;

const NO_TASK = 'NULL::bigint AS id, NULL::boolean AS "mayChange" FROM who';

function withTask(parameters: unknown[], taskId: string): string {
  parameters.push(taskId);
  const [me, isAdmin] = ['who."userId"', `who.role = 'admin'`];
  return `t.id, t.task_id AS "taskId", t.name, t.status, t.create_user AS "ownerId", ${mayChange('t', me, isAdmin)} AS "mayChange"
    FROM who LEFT JOIN train_task t ON t.task_id = $${parameters.length} AND ${maySee('t', me, isAdmin)}`;
}

const TASK_OF_TOKEN = `
  SELECT t.id, t.task_id AS "taskId", t.name, t.status, t.create_user AS "ownerId",
    t.status IN ('PENDING', 'RUNNING') AND t.deleted_at IS NULL AS alive,
    t.status NOT IN ('PENDING', 'RUNNING') AND t.end_time > now() - make_interval(mins => $2) AS closing
  FROM task_token k JOIN train_task t ON t.id = k.train_task_id
  WHERE k.token_hash = $1`;
