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
  /** Rows per second of COPY into `metric_point`, index included. */
  copiedPerSecond: number;
  /** Median milliseconds of a trivial prepared statement over one connection. */
  roundTripMs: number;
}

const CLIENTS = 8;
const TABLE = 'CREATE TABLE IF NOT EXISTS bench_insert (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload text NOT NULL, at timestamptz NOT NULL DEFAULT now())';
const INSERT = `INSERT INTO bench_insert (payload) VALUES ('a row of about one hundred bytes, which is what a small fact costs to keep, no more and no less')`;

export async function measureYardsticks(postgres: Postgres, url: string, folder: string, seconds: number): Promise<Yardsticks> {
  await withClient(url, async (client) => {
    await client.query(TABLE);
    await client.query('CHECKPOINT');
  });
  const pgbench = findPgbench();
  const before = postgres.processorTime();
  const insertsPerSecond = pgbench === null ? await ownInserts(url, seconds) : await pgbenchInserts(pgbench, postgres, url, folder, seconds);
  const after = postgres.processorTime();
  const insertProcessorMs = before === null || after === null ? null : (after - before) / (insertsPerSecond * seconds);
  const roundTripMs = await roundTrip(url);
  const copiedPerSecond = await copyRate(url);
  await withClient(url, (client) => client.query('DROP TABLE bench_insert'));
  return { insertsPerSecond, insertProcessorMs, insertTool: pgbench === null ? 'own client' : 'pgbench', copiedPerSecond, roundTripMs };
}

function findPgbench(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  return [...versions, ...(process.env['PATH'] ?? '').split(':')].map((folder) => join(folder, 'pgbench')).find((path) => existsSync(path)) ?? null;
}

async function pgbenchInserts(program: string, { port, password }: Postgres, url: string, folder: string, seconds: number): Promise<number> {
  const script = join(folder, 'insert.sql');
  writeFileSync(script, `${INSERT};\n`);
  const { stdout } = await promisify(execFile)(
    program,
    ['-n', '-M', 'prepared', '-c', String(CLIENTS), '-j', '2', '-T', String(seconds), '-f', script, '-h', '127.0.0.1', '-p', String(port), '-U', 'ledger', new URL(url).pathname.slice(1)],
    { env: { ...process.env, PGPASSWORD: password } },
  );
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1];
  if (tps === undefined) throw new Error('pgbench did not say its rate');
  return Number(tps);
}

/** Where there is no pgbench. Slower than pgbench by what Node costs, so ratios come out higher: the report says which was used. */
async function ownInserts(url: string, seconds: number): Promise<number> {
  const clients = Array.from({ length: CLIENTS }, () => new Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  const end = performance.now() + seconds * 1000;
  const counts = await Promise.all(clients.map(async (client) => {
    let done = 0;
    for (; performance.now() < end; done += 1) await client.query({ name: 'insert', text: INSERT });
    return done;
  }));
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
    const { rows: [now] } = await client.query<{ base: string }>('SELECT first_snowflake_at(now()) AS base');
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
