import { execFile } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { percentiles } from './closed-loop.js';
import { withClient, type Postgres } from './postgres.js';
import { PointCopy } from './seed/point-copy.js';

/** What PostgreSQL itself does on this machine, now, with the same durability: the figures of the API are divided by these. */
export interface Yardsticks {
  /** Single-row inserts per second of 8 clients, each in its own transaction. */
  insertsPerSecond: number;
  /** Processor time of PostgreSQL for one of them, milliseconds; `null` where the system does not tell. */
  insertProcessorMs: number | null;
  insertTool: 'pgbench' | 'own client';
  /** The same into `train_task`, with its indexes and the facts kept beside it: what submitting cannot exceed. */
  taskInsertsPerSecond: number;
  /** Rows per second of COPY into `metric_point`, index included. */
  copiedPerSecond: number;
  /** Median milliseconds of a trivial prepared statement over one connection. */
  roundTripMs: number;
}

const CLIENTS = 8;
const TABLE =
  'CREATE TABLE IF NOT EXISTS bench_insert (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload text NOT NULL, at timestamptz NOT NULL DEFAULT now())';
const INSERT = `INSERT INTO bench_insert (payload) VALUES ('a row of about one hundred bytes, which is what a small fact costs to keep, no more and no less')`;

/** A task as P1 submits it. */
const TASK = `INSERT INTO train_task (id, task_id, create_user, name, trainer, model_name, lora_rank, lora_alpha, learning_rate, batch_size, epochs, train_data_dir, extra_params, fingerprint, family_id)
  SELECT nextval('bench_task'), u, (SELECT min(id) FROM app_user), 'load ' || currval('bench_task'), 'demo', 'sd15', 16, 8, 1e-4, 4, 10, './data/art',
    '{"optimizer": "AdamW8bit", "lr_scheduler": "cosine", "resolution": 512}', md5(u::text) || md5(random()::text), u FROM (SELECT gen_random_uuid() AS u) made`;

export async function measureYardsticks(postgres: Postgres, url: string, folder: string, seconds: number): Promise<Yardsticks> {
  await withClient(url, async (client) => {
    await client.query(TABLE);
    await client.query(`CREATE SEQUENCE IF NOT EXISTS bench_task START 1000000`);
    await client.query(`SELECT setval('bench_task', coalesce((SELECT max(id) FROM train_task WHERE id < 1000000000), 1000000))`);
    await client.query('CHECKPOINT');
  });
  const pgbench = findPgbench();
  const before = postgres.processorTime();
  const insertsPerSecond =
    pgbench === null ? await ownInserts(url, seconds) : await pgbenchInserts(pgbench, postgres, url, folder, seconds);
  const after = postgres.processorTime();
  const insertProcessorMs = before === null || after === null ? null : (after - before) / (insertsPerSecond * seconds);
  const taskInsertsPerSecond =
    pgbench === null ? await ownInserts(url, 2, TASK) : await pgbenchInserts(pgbench, postgres, url, folder, 2, TASK);
  const roundTripMs = await roundTrip(url);
  const copiedPerSecond = await copyRate(url);
  await withClient(url, async (client) => {
    await client.query('DROP TABLE bench_insert; DROP SEQUENCE bench_task; DELETE FROM train_task WHERE id BETWEEN 1000000 AND 1000000000');
    // Else the first rows measured would pay for it: words that are not yet in their index proper are read one by one, and autovacuum comes.
    await client.query('VACUUM (ANALYZE) train_task');
    await client.query('VACUUM (ANALYZE) metric_point');
    await client.query('CHECKPOINT');
  });
  return {
    insertsPerSecond,
    insertProcessorMs,
    insertTool: pgbench === null ? 'own client' : 'pgbench',
    taskInsertsPerSecond,
    copiedPerSecond,
    roundTripMs,
  };
}

function findPgbench(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  return (
    [...versions, ...(process.env['PATH'] ?? '').split(':')].map((folder) => join(folder, 'pgbench')).find((path) => existsSync(path)) ??
    null
  );
}

async function pgbenchInserts(
  program: string,
  { port, password }: Postgres,
  url: string,
  folder: string,
  seconds: number,
  statement = INSERT,
): Promise<number> {
  const script = join(folder, 'insert.sql');
  writeFileSync(script, `${statement.replaceAll('\n', ' ')};\n`);
  const { stdout } = await promisify(execFile)(
    program,
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(CLIENTS),
      '-j',
      '2',
      '-T',
      String(seconds),
      '-f',
      script,
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      'ledger',
      new URL(url).pathname.slice(1),
    ],
    { env: { ...process.env, PGPASSWORD: password } },
  );
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1];
  if (tps === undefined) throw new Error('pgbench did not say its rate');
  return Number(tps);
}

/** Where there is no pgbench. Slower than pgbench by what Node costs, so ratios come out higher: the report says which was used. */
async function ownInserts(url: string, seconds: number, statement = INSERT): Promise<number> {
  const clients = Array.from({ length: CLIENTS }, () => new Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  const end = performance.now() + seconds * 1000;
  const counts = await Promise.all(
    clients.map(async (client) => {
      let done = 0;
      for (; performance.now() < end; done += 1) await client.query({ name: 'insert', text: statement });
      return done;
    }),
  );
  await Promise.all(clients.map((client) => client.end()));
  return counts.reduce((sum, count) => sum + count, 0) / seconds;
}

async function roundTrip(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const times: number[] = [];
    for (let turn = 0; turn < 2000; turn += 1) {
      const sent = performance.now();
      await client.query({ name: 'one', text: 'SELECT $1::int', values: [turn] });
      times.push(performance.now() - sent);
    }
    return percentiles(times).p50;
  });
}

const COPIED = 500_000;

/** Into the real table, for tasks that do not exist, in the month of now; the rows are removed again. */
async function copyRate(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const {
      rows: [now],
    } = await client.query<{ base: string }>('SELECT first_snowflake_at(now()) AS base');
    const base = now?.base ?? '0';
    const begin = performance.now();
    const copy = PointCopy.into(client);
    for (let curve = 0; curve < 50; curve += 1) {
      copy.curve(BigInt(base) + BigInt(curve), 'loss');
      for (let step = 1; step <= COPIED / 50; step += 1) if (copy.point(step, 1 / step, Date.now(), step / 100)) await copy.drain();
    }
    await copy.end();
    const rate = COPIED / ((performance.now() - begin) / 1000);
    await client.query('DELETE FROM metric_point WHERE train_task_id >= $1 AND train_task_id < $1::bigint + 50', [base]);
    return rate;
  });
}
