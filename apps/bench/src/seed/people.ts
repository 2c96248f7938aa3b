import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Client } from 'pg';

/** Who there is in a seeded database. The first people train most. */
export interface People {
  /** Admin whose token the loads use. */
  adminId: string;
  members: { id: string; username: string }[];
}

const MEMBERS = 40;

/** Adds members who never sign in; their ids are far below any that the product makes. */
export async function seedPeople(client: Client): Promise<People> {
  const {
    rows: [admin],
  } = await client.query<{ id: string }>(`SELECT id FROM app_user WHERE role = 'admin' AND deleted_at IS NULL ORDER BY id LIMIT 1`);
  if (admin === undefined) throw new Error('this database has no admin yet: start the product on it once, then seed it');
  const members = Array.from({ length: MEMBERS }, (_one, index) => ({
    id: String(index + 1),
    username: `member-${String(index + 1).padStart(2, '0')}`,
  }));
  await client.query(
    `INSERT INTO app_user (id, username, role) SELECT id, username, 'member' FROM unnest($1::bigint[], $2::text[]) AS m (id, username) ON CONFLICT (id) DO NOTHING`,
    [members.map(({ id }) => id), members.map(({ username }) => username)],
  );
  return { adminId: admin.id, members };
}

/** A token in the product's form: 64 hexadecimal digits of randomness and 8 of CRC-32. */
function mint(prefix: 'llp_' | 'llt_'): string {
  const body = prefix + randomBytes(32).toString('hex');
  return body + crc32(body).toString(16).padStart(8, '0');
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** An API token of `userId` for all that a script may do. */
export async function mintApiToken(client: Client, userId: string): Promise<string> {
  const token = mint('llp_');
  await client.query(
    `INSERT INTO api_token (id, user_id, name, token_hash, prefix, scopes)
     SELECT coalesce(max(id), 0) + 1, $1, 'bench', $2, 'llp_bench', '{read,submit,report}' FROM api_token`,
    [userId, hashOf(token)],
  );
  return token;
}

export interface RunningTask {
  taskId: string;
  token: string;
}

/** Fresh running tasks with tokens to report with, owned by `userId`. */
export async function startTasks(client: Client, userId: string, count: number): Promise<RunningTask[]> {
  const { rows } = await client.query<{ id: string; taskId: string }>(
    `INSERT INTO train_task (id, task_id, create_user, name, trainer, model_name, lora_rank, lora_alpha, learning_rate, batch_size, epochs, train_data_dir,
       fingerprint, family_id, status, start_time, last_seen_at)
     SELECT newest.id + m.n, m.uuid, $1, 'load ' || m.n, 'demo', 'sd15', 16, 16, 1e-4, 4, 10, './data', md5(m.n::text) || md5(m.n::text), m.uuid, 'RUNNING', now(), now()
     FROM (SELECT greatest(coalesce(max(id), 0), (extract(epoch FROM now())::bigint * 1000 - 1735689600000) << 22) AS id FROM train_task) newest,
       (SELECT n, gen_random_uuid() AS uuid FROM generate_series(1, $2::int) AS n) m
     RETURNING id, task_id AS "taskId"`,
    [userId, count],
  );
  const tasks = rows.map((row) => ({ ...row, token: mint('llt_') }));
  await client.query('INSERT INTO task_token (token_hash, train_task_id) SELECT * FROM unnest($1::bytea[], $2::bigint[])', [
    tasks.map(({ token }) => hashOf(token)),
    tasks.map(({ id }) => id),
  ]);
  return tasks.map(({ taskId, token }) => ({ taskId, token }));
}
