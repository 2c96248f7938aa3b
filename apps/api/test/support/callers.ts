import { randomUUID } from 'node:crypto';
import type { TokenScope } from '@lora-ledger/contracts';
import type { FastifyRequest } from 'fastify';
import { IdSource } from '../../src/database/id-source.js';
import { API_TOKEN_PREFIX, hashSecret, mintToken } from '../../src/auth/secrets.js';
import { Sessions, type NewSession } from '../../src/auth/sessions.js';
import { TaskTokens } from '../../src/auth/task-tokens.js';
import type { TestApp } from './app.js';

export interface SomeUser {
  id: string;
  username: string;
}

/** A person without a password: made at once, signed in by `session`. */
export async function someUser(
  { app, database }: TestApp,
  role: 'member' | 'admin' = 'member',
  username = `user-${randomUUID().slice(0, 8)}`,
): Promise<SomeUser> {
  const id = app.get(IdSource).next();
  await database.query('INSERT INTO app_user (id, username, role) VALUES ($1, $2, $3)', [id, username, role]);
  return { id, username };
}

export async function session({ app }: TestApp, user: SomeUser): Promise<NewSession> {
  return app.get(Sessions).begin(user.id, { cookies: {}, headers: {}, ip: '127.0.0.1' } as unknown as FastifyRequest);
}

export async function apiToken(
  { app, database }: TestApp,
  user: SomeUser,
  scopes: TokenScope[],
  state: 'good' | 'expired' | 'revoked' = 'good',
): Promise<string> {
  const token = mintToken(API_TOKEN_PREFIX);
  await database.query(
    `INSERT INTO api_token (id, user_id, name, token_hash, prefix, scopes, expires_at, deleted_at) VALUES ($1, $2, 'made by a test', $3, $4, $5, $6, $7)`,
    [
      app.get(IdSource).next(),
      user.id,
      hashSecret(token),
      token.slice(0, 10),
      scopes,
      state === 'expired' ? new Date(0) : null,
      state === 'revoked' ? new Date() : null,
    ],
  );
  return token;
}

export interface SomeTask {
  id: string;
  taskId: string;
}

/** A PENDING task of `owner`, written as a row. */
export async function someTask({ app, database }: TestApp, owner: SomeUser, columns: Record<string, unknown> = {}): Promise<SomeTask> {
  const [id, taskId] = [app.get(IdSource).next(), randomUUID()];
  await insertTask(database, { id, task_id: taskId, family_id: taskId, create_user: owner.id, ...columns });
  return { id, taskId };
}

/** @param row columns by name; the others get plain values */
export async function insertTask(database: TestApp['database'], row: Record<string, unknown>): Promise<void> {
  const whole = {
    name: 'a task',
    trainer: 'demo',
    model_name: 'sd15',
    lora_rank: 16,
    lora_alpha: 16,
    learning_rate: 1e-4,
    batch_size: 4,
    epochs: 10,
    train_data_dir: './data',
    extra_params: {},
    fingerprint: '0'.repeat(64),
    tags: [],
    ...row,
  };
  const names = Object.keys(whole);
  await database.query(
    `INSERT INTO train_task (${names.join(', ')}) VALUES (${names.map((_name, index) => `$${index + 1}`).join(', ')})`,
    Object.values(whole),
  );
}

export async function taskToken({ app }: TestApp, task: SomeTask): Promise<string> {
  return app.get(TaskTokens).mint(task.id);
}

export async function share({ database }: TestApp, task: SomeTask, owner: SomeUser, reader: SomeUser | 'everyone'): Promise<void> {
  await database.query('INSERT INTO task_share (train_task_id, user_id, created_by) VALUES ($1, $2, $3)', [
    task.id,
    reader === 'everyone' ? null : reader.id,
    owner.id,
  ]);
}
