import { Dispatch } from '../src/train-task/dispatch.js';
import { IdSource } from '../src/database/id-source.js';
import { Sweeper } from '../src/train-task/sweeper.js';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { aTask, points, rowsOf, submit, submitAndStart, until } from './support/tasks.js';

let one: TestApp;
let two: TestApp;
let eve: Api;
let eveAtTwo: Api;
const LOST = { LEDGER_STALLED_AFTER: '1', LEDGER_LOST_AFTER: '2' };

beforeAll(async () => {
  one = await makeApp(LOST);
  two = await makeApp({ ...LOST, DATABASE_URL: one.databaseUrl });
  eve = await one.member('eve');
  eveAtTwo = two.anonymous.with(eve.token);
});
afterAll(async () => {
  await two.close();
  await one.close();
});

describe('two instances on one database', () => {
  it('give out ids that never collide', async () => {
    const ids = await Promise.all([one, two].map(async ({ app }) => Array.from({ length: 20_000 }, () => app.get(IdSource).next())));
    expect(new Set(ids.flat()).size).toBe(40_000);
    const nodes = await rowsOf(one.database, 'SELECT node, holder FROM snowflake_node WHERE holder IS NOT NULL');
    expect(new Set(nodes.map(({ node }) => node)).size).toBe(2);
  });

  it('take submissions side by side, each stored once', async () => {
    const made = await Promise.all(
      Array.from({ length: 40 }, (_one, index) => (index % 2 ? eve : eveAtTwo).post('/train-tasks', aTask({ name: `n${index}` }), 201)),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(40);
    expect(new Set(made.map(({ taskId }) => taskId)).size).toBe(40);
  });

  it('make one task of one idempotency key', async () => {
    const made = await Promise.all(
      [eve, eveAtTwo, eve, eveAtTwo].map((api) => api.post('/train-tasks', aTask(), 201, { 'Idempotency-Key': 'both' })),
    );
    expect(new Set(made.map(({ taskId }) => taskId)).size).toBe(1);
  });

  it('keep summaries exact when a run reports to both', async () => {
    const { taskId, trainer } = await submitAndStart(one, eve);
    const atTwo = two.anonymous.with(trainer.token);
    await Promise.all(
      Array.from({ length: 20 }, (_one, index) =>
        (index % 2 ? trainer : atTwo).post(`/train-tasks/${taskId}/progress`, points(10 + index)),
      ),
    );
    await Promise.all([trainer.call('POST', `/train-tasks/${taskId}/finish`, {}), atTwo.call('POST', `/train-tasks/${taskId}/finish`, {})]);
    expect((await eve.get(`/train-tasks/${taskId}`)).metrics).toEqual([
      { key: 'loss', last: 1 / 29, min: 1 / 29, max: 1, count: 29, lastStep: 29 },
    ]);
    expect((await eveAtTwo.get(`/train-tasks/${taskId}/events`)).items).toHaveLength(3);
  });
});

describe('launchers that ask at the same time', () => {
  const claimAll = async (launchers: [TestApp, string, number][]) => {
    const claims = await Promise.all(
      launchers.flatMap(([app, name, slots]) => Array.from({ length: 12 }, () => app.app.get(Dispatch).claim('local', name, slots))),
    );
    return claims.filter((claim) => claim !== null);
  };
  const fresh = async (count: number): Promise<string[]> => {
    await rowsOf(one.database, `UPDATE train_task SET status = 'CANCELLED' WHERE status = 'PENDING'`);
    const made = [];
    for (let index = 0; index < count; index += 1) made.push((await submit(one, eve)).taskId);
    return made;
  };

  it('get each waiting task exactly once', async () => {
    const tasks = await fresh(10);
    const claimed = await claimAll([
      [one, 'host-a', 100],
      [two, 'host-b', 100],
      [one, 'host-c', 100],
    ]);
    const more = await claimAll([
      [one, 'host-a', 100],
      [two, 'host-b', 100],
    ]);
    const all = [...claimed, ...more].map(({ taskId }) => taskId);
    expect(all.sort()).toEqual(tasks.sort());
    const launches = await rowsOf(
      one.database,
      'SELECT l.tries FROM launch l JOIN train_task t ON t.id = l.train_task_id WHERE t.task_id = ANY($1)',
      [tasks],
    );
    expect(launches.map(({ tries }) => tries)).toEqual(tasks.map(() => 1));
  });

  it('get them oldest first', async () => {
    const tasks = await fresh(3);
    const claimed = [];
    for (let index = 0; index < 3; index += 1) claimed.push((await one.app.get(Dispatch).claim('local', 'in-order', 3))?.taskId);
    expect(claimed).toEqual(tasks);
  });

  it('never take more than they have slots for, also when they share them', async () => {
    await fresh(8);
    expect(
      await claimAll([
        [one, 'shared-host', 3],
        [two, 'shared-host', 3],
      ]),
    ).toHaveLength(3);
    expect(await one.app.get(Dispatch).claim('local', 'shared-host', 3)).toBeNull();
    expect(await claimAll([[one, 'other-host', 2]])).toHaveLength(2);
  });

  it('leave the trash and what has started alone', async () => {
    const [trashed, started, waiting] = await fresh(3);
    await eve.delete(`/train-tasks/${trashed}`);
    await eve.post(`/train-tasks/${started}/start`, {});
    expect(
      (
        await claimAll([
          [one, 'careful', 9],
          [two, 'careful-too', 9],
        ])
      ).map(({ taskId }) => taskId),
    ).toEqual([waiting]);
    await eve.post(`/train-tasks/${trashed}/restore`);
    expect((await claimAll([[two, 'later', 9]])).map(({ taskId }) => taskId)).toEqual([trashed]);
  });
});

describe('the sweepers of both', () => {
  it('end a silent run once', async () => {
    const { taskId } = await submitAndStart(one, eve);
    await rowsOf(one.database, `UPDATE train_task SET last_seen_at = now() - interval '1 hour' WHERE task_id = $1`, [taskId]);
    await until(async () => (await eve.get(`/train-tasks/${taskId}`)).status === 'FAILED');
    await Promise.all([one, two, one, two].map(({ app }) => app.get(Sweeper).sweep()));
    expect(await eve.get(`/train-tasks/${taskId}`)).toMatchObject({
      status: 'FAILED',
      failureReason: 'LOST',
      errorMessage: expect.stringContaining('2 seconds'),
    });
    expect((await eve.get(`/train-tasks/${taskId}/events`)).items.map(({ type }: { type: string }) => type)).toEqual([
      'created',
      'started',
      'failed',
    ]);
  });

  it('leave a run alone that gives a sign of life', async () => {
    const { taskId, trainer } = await submitAndStart(one, eve);
    const startedAt = Date.now();
    await until(async () => {
      await trainer.post(`/train-tasks/${taskId}/heartbeat`, {});
      return Date.now() - startedAt > 3000;
    }, 200);
    expect((await eve.get(`/train-tasks/${taskId}`)).status).toBe('RUNNING');
  });
});

it('an instance that has just begun to listen holds the silence before against nobody', async () => {
  const restarted = await makeApp({ LEDGER_LOST_AFTER: '3600' });
  try {
    const { taskId } = await submitAndStart(restarted, restarted.admin);
    await rowsOf(
      restarted.database,
      `UPDATE train_task SET last_seen_at = now() - interval '2 hours', start_time = now() - interval '3 hours' WHERE task_id = $1`,
      [taskId],
    );
    await restarted.app.get(Sweeper).sweep();
    expect(await restarted.admin.get(`/train-tasks/${taskId}`)).toMatchObject({ status: 'RUNNING', stalled: true });
  } finally {
    await restarted.close();
  }
});
