import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Api } from './support/api.js';
import { ApiProcess } from './support/api-process.js';
import { freshDatabase } from './support/database.js';
import { aTask, until } from './support/tasks.js';

const SENDERS = 4;

/** Reports steps one after the other as a trainer does: again and again until the answer has come, then the next. */
async function train(api: Api, taskId: string, isOver: () => boolean, acknowledged: number[]): Promise<void> {
  for (let step = 1; !isOver(); step += 1) {
    const points = Array.from({ length: 20 }, (_one, index) => ({ key: `m${index}`, step, value: step }));
    await until(
      async () => (await api.call('POST', `/train-tasks/${taskId}/progress`, { points }).catch(() => ({ status: 0 }))).status === 200,
      10,
    );
    acknowledged.push(step);
  }
}

/** Runs `disaster` again and again while several trainings report, then counts what is there against what was answered. */
async function expectNothingLost(api: Api, databaseUrl: string, disaster: () => Promise<void>, rounds: number): Promise<void> {
  const tasks = await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      const { taskId } = await api.post('/train-tasks', aTask(), 201);
      await api.post(`/train-tasks/${taskId}/start`, {});
      return { taskId, acknowledged: [] as number[] };
    }),
  );
  const answered = (): number => tasks.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
  let isOver = false;
  const senders = tasks.map(({ taskId, acknowledged }) => train(api, taskId, () => isOver, acknowledged));
  for (let round = 0; round < rounds; round += 1) {
    const before = answered();
    await until(async () => answered() > before + 20, 5);
    await disaster();
  }
  const before = answered();
  await until(async () => answered() > before + 20, 5);
  isOver = true;
  await Promise.all(senders);

  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  for (const { taskId, acknowledged } of tasks) {
    const { rows } = await client.query(
      'SELECT step::int, count(*)::int AS n FROM metric_point p JOIN train_task t ON t.id = p.train_task_id WHERE t.task_id = $1 GROUP BY step ORDER BY step',
      [taskId],
    );
    expect(rows.map(({ step }) => step)).toEqual(acknowledged);
    expect(rows.every(({ n }) => n === 20)).toBe(true);
    const { metrics, status, currentStep } = await api.get(`/train-tasks/${taskId}`);
    expect(metrics.map(({ count, lastStep }: { count: number; lastStep: number }) => [count, lastStep])).toEqual(
      Array.from({ length: 20 }, () => [acknowledged.length, acknowledged.length]),
    );
    expect([status, currentStep]).toEqual(['RUNNING', acknowledged.length]);
  }
  await client.end();
}

it('an API that is killed again and again while trainings report loses nothing it has answered', async () => {
  const databaseUrl = await freshDatabase();
  const api = await ApiProcess.start(databaseUrl);
  try {
    await expectNothingLost(
      await api.signIn(),
      databaseUrl,
      async () => {
        await api.kill();
        await api.restart();
      },
      2,
    );
  } finally {
    await api.stop();
  }
}, 120_000);

it('a PostgreSQL that is killed while trainings report loses nothing, and the API finds it again by itself', async () => {
  const cluster = new Cluster();
  await cluster.start();
  const api = await ApiProcess.start(cluster.url);
  try {
    await expectNothingLost(
      await api.signIn(),
      cluster.url,
      async () => {
        await cluster.kill();
        await cluster.start();
      },
      2,
    );
  } finally {
    await api.stop();
    await cluster.stop();
  }
}, 120_000);

/** A PostgreSQL with all its durability, at one address for all its lives. */
class Cluster {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ledger-crash-'));
  private port = 0;
  private server: ChildProcess | undefined;
  private readonly door = createServer((near) => {
    const far = connect(this.port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
      one.pipe(other);
    }
  });

  get url(): string {
    return `postgres://ledger:crash@127.0.0.1:${(this.door.address() as AddressInfo).port}/postgres`;
  }

  async start(): Promise<void> {
    // As root the server runs as another account, which must be able to enter.
    chmodSync(this.folder, 0o711);
    if (!this.door.listening) await once(this.door.listen(0, '127.0.0.1'), 'listening');
    const server = spawn(process.execPath, [join(__dirname, 'support/postgres-process.mjs'), this.folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [said] = await once(server.stdout, 'data');
    this.port = Number(said);
    this.server = server;
  }

  /** Postmaster and all its children, as the kernel does when memory runs out. */
  async kill(): Promise<void> {
    const client = new Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS pid UNION ALL SELECT pid FROM pg_stat_activity`,
    );
    for (const { pid } of rows) process.kill(pid, 'SIGKILL');
    await until(async () => rows.every(({ pid }) => !isAlive(pid)), 20);
    this.server?.stdin?.end();
  }

  async stop(): Promise<void> {
    const ended = this.server && once(this.server, 'exit');
    this.server?.stdin?.end();
    await ended;
    this.door.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
