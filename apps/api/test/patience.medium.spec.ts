import { Client, type Pool, type PoolClient } from 'pg';
import type { Answer } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { submit, until } from './support/tasks.js';

const POOL = 3;

/** What the database is given: so much time for a statement, so many connections, and no request that hangs because of either. */
describe('the patience with the database', () => {
  let app: TestApp;
  let other: Client;

  beforeAll(async () => {
    app = await makeApp({ LEDGER_DATABASE_POOL: String(POOL) });
    await submit(app, app.admin);
    other = new Client({ connectionString: app.databaseUrl });
    await other.connect();
  });

  afterAll(async () => {
    await other.end();
    await app.close();
  });

  /** Sessions of the API, busy or not; the one that listens for changes is not of the pool. */
  const sessions = async (condition = 'true'): Promise<number> => {
    const {
      rows: [row],
    } = await other.query(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'lora-ledger' AND pid <> pg_backend_pid() AND (${condition})`,
    );
    return row.n;
  };
  const waiting = () => sessions(`wait_event_type = 'Lock'`);

  /** While `work` runs nobody can read tasks: what asks for them is a slow statement. */
  async function withTasksLocked<T>(work: (unlock: () => Promise<void>) => Promise<T>): Promise<T> {
    let isLocked = true;
    const unlock = async (): Promise<void> => {
      if (isLocked) await other.query('ROLLBACK');
      isLocked = false;
    };
    await other.query('BEGIN; LOCK TABLE train_task, task_fact IN ACCESS EXCLUSIVE MODE');
    try {
      return await work(unlock);
    } finally {
      await unlock();
    }
  }

  it('has an end for every statement of the API, and for a transaction that nobody goes on with', async () => {
    const [row] = await app.database.query(
      `SELECT current_setting('statement_timeout') AS statement, current_setting('idle_in_transaction_session_timeout') AS idle`,
    );
    expect(row).toEqual({ statement: '30s', idle: '1min' });
  });

  it.each(['/train-tasks', '/train-tasks?withTotal=true&q=sd15', '/analytics/overview', '/train-tasks/facets'])(
    'cuts a slow statement off and says so: %s',
    async (path) => {
      await withPatience('200ms', async () => {
        const { status, headers, body } = await withTasksLocked(() => app.admin.call('GET', path));
        expect([status, headers.get('content-type'), body.code]).toEqual([503, 'application/problem+json; charset=utf-8', 'UNAVAILABLE']);
        expect(body.detail).toContain('took too long');
        expect(JSON.stringify(body)).not.toMatch(/statement|SELECT|train_task/);
      });
      expect((await app.admin.get('/train-tasks')).items).toHaveLength(1);
      expect(await sessions(`state LIKE 'idle in transaction%'`)).toBe(0);
    },
  );

  it('answers everyone although there are many times more requests than connections', async () => {
    const answers = await withTasksLocked(async (unlock) => {
      const asked = Promise.all(
        Array.from({ length: POOL * 20 }, (_one, index) => app.admin.call('GET', index % 3 === 0 ? '/analytics/overview' : '/train-tasks')),
      );
      // All of the pool waits for the lock, and nothing but the pool.
      await until(async () => (await waiting()) >= POOL);
      expect(await waiting()).toBe(POOL);
      await unlock();
      return asked;
    });
    expect(new Set(answers.map(({ status }: Answer) => status))).toEqual(new Set([200]));
  });

  it('has its whole pool again after all of it was cut off', async () => {
    await withPatience('200ms', () =>
      withTasksLocked(async () => {
        const answers = await Promise.all(Array.from({ length: POOL * 2 }, () => app.admin.call('GET', '/train-tasks')));
        expect(answers.every(({ status }) => status === 503)).toBe(true);
      }),
    );
    const answers = await Promise.all(Array.from({ length: POOL * 4 }, () => app.admin.call('GET', '/train-tasks')));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await sessions(`state = 'active'`)).toBe(0);
  });

  /** Nobody can wait for the limit of the product in a test: connections that there are, and those that are made meanwhile, get a shorter one. */
  async function withPatience(limit: string, work: () => Promise<void>): Promise<void> {
    const pool = (app.database.driver as unknown as { master: Pool }).master;
    const shorten = (client: PoolClient): void => void client.query(`SET statement_timeout = '${limit}'`);
    pool.on('connect', shorten);
    await setLimit(limit);
    try {
      await work();
    } finally {
      pool.off('connect', shorten);
      await setLimit('30s');
    }
  }

  async function setLimit(limit: string): Promise<void> {
    const runners = Array.from({ length: POOL }, () => app.database.createQueryRunner());
    await Promise.all(runners.map((runner) => runner.connect()));
    await Promise.all(runners.map((runner) => runner.query(`SET statement_timeout = '${limit}'`)));
    await Promise.all(runners.map((runner) => runner.release()));
  }
});
