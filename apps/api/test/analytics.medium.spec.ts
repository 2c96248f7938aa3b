import { makeApp, type TestApp } from './support/app.js';
import { insertPast, pastTask, times } from './support/past-tasks.js';
import type { Api } from './support/api.js';

let app: TestApp;
let bob: Api;
let carl: Api;
beforeAll(async () => {
  app = await makeApp();
  [bob, carl] = [await app.member('bob'), await app.member('carl')];
});
afterAll(() => app.close());

/** Each test speaks about a model of its own. */
const ask = (path: string, api: Api = app.admin): Promise<any> => api.get(`/analytics/${path}`);
const listed = async (filter: Record<string, string>, more: Record<string, string>): Promise<number> =>
  (await app.admin.get(`/train-tasks?${new URLSearchParams({ ...filter, ...more, withTotal: 'true', limit: '1' }).toString()}`)).total;

describe('overview', () => {
  it('counts states over days without gaps, and the period before', async () => {
    const on = (createdAt: string, status: 'SUCCESS' | 'FAILED' | 'CANCELLED' | 'RUNNING', cost: number | null = null) =>
      pastTask({ modelName: 'overview', createdAt, status, cost, gpuSeconds: 1800 });
    await insertPast(app.database, [
      on('2026-03-01T12:00:00Z', 'SUCCESS', 2),
      on('2026-03-03T23:30:00Z', 'FAILED', 1),
      on('2026-03-03T01:00:00Z', 'CANCELLED'),
      on('2026-03-03T02:00:00Z', 'RUNNING'),
      on('2026-02-27T12:00:00Z', 'SUCCESS'),
      on('2026-02-20T12:00:00Z', 'FAILED'),
    ]);
    const answer = await ask('overview?modelName=overview&createdFrom=2026-03-01T00:00:00Z&createdTo=2026-03-04T00:00:00Z');
    expect(answer.totals).toMatchObject({
      all: 4,
      running: 1,
      success: 1,
      failed: 1,
      cancelled: 1,
      gpuHours: 2,
      cost: 3,
      medianSeconds: 100,
      successRate: { n: 2, rate: 0.5, tooFew: true },
    });
    expect(answer.series.map(({ from, all }: { from: string; all: number }) => [from.slice(0, 10), all])).toEqual([
      ['2026-03-01', 1],
      ['2026-03-02', 0],
      ['2026-03-03', 3],
    ]);
    expect(answer.previous).toMatchObject({ from: '2026-02-26T00:00:00.000Z', to: '2026-03-01T00:00:00.000Z', all: 1, success: 1 });
    const inBeijing = await ask('overview?modelName=overview&createdFrom=2026-03-01T00:00:00Z&bucket=day&utcOffset=480');
    expect(inBeijing.series.at(-1)).toMatchObject({ from: '2026-03-03T16:00:00.000Z', failed: 1 });
  });

  it('is right the moment a task has changed', async () => {
    await insertPast(app.database, [pastTask({ modelName: 'fresh', status: 'RUNNING' })]);
    expect((await ask('overview?modelName=fresh')).totals).toMatchObject({ all: 1, running: 1 });
    await app.database.query(`UPDATE train_task SET status = 'SUCCESS', end_time = now() WHERE model_name = 'fresh'`);
    expect((await ask('overview?modelName=fresh')).totals).toMatchObject({ all: 1, running: 0, success: 1 });
  });
});

describe('success rate', () => {
  it('finds the rank that is best for a model, with intervals, and each bin selects its tasks in the list', async () => {
    await insertPast(
      app.database,
      [8, 16, 32, 64].flatMap((loraRank) =>
        times(40, (index) =>
          pastTask({
            modelName: 'rates',
            loraRank,
            learningRate: 1e-4 * (1 + index / 10),
            extra: { optimizer: index % 2 ? 'Lion' : 'AdamW' },
            status: index % 40 < (loraRank === 32 ? 38 : 20) ? 'SUCCESS' : 'FAILED',
          }),
        ),
      ),
    );
    await insertPast(app.database, [
      pastTask({ modelName: 'rates', loraRank: 32, status: 'CANCELLED' }),
      pastTask({ modelName: 'rates', loraRank: 128 }),
    ]);
    const { bins, p, overall } = await ask('success-rate?modelName=rates&by=loraRank');
    expect(bins.map(({ values, n, rate, tooFew }: any) => [values.loraRank, n, rate, tooFew])).toEqual([
      [8, 40, 0.5, false],
      [16, 40, 0.5, false],
      [32, 40, 0.95, false],
      [64, 40, 0.5, false],
      [128, 1, 1, true],
    ]);
    expect(bins[2].low).toBeGreaterThan(bins[0].high);
    expect(p).toBeLessThan(1e-4);
    expect(overall.n).toBe(161);
    for (const { n, filter } of bins)
      expect(
        (await listed({ modelName: 'rates' }, { ...filter, status: 'SUCCESS' })) +
          (await listed({ modelName: 'rates' }, { ...filter, status: 'FAILED' })),
      ).toBe(n);
  });

  it('puts learning rates in bins whose ends select just their tasks, in one and two dimensions', async () => {
    const one = await ask('success-rate?modelName=rates&by=learningRate');
    const total = (bins: any[]): number => bins.reduce((sum, { n }) => sum + n, 0);
    expect(total(one.bins)).toBe(161);
    for (const {
      n,
      filter,
      values: { learningRate },
    } of one.bins) {
      expect(learningRate.min > learningRate.from && learningRate.max <= learningRate.to).toBe(true);
      expect(
        (await listed({ modelName: 'rates' }, { ...filter, status: 'SUCCESS' })) +
          (await listed({ modelName: 'rates' }, { ...filter, status: 'FAILED' })),
      ).toBe(n);
    }
    const two = await ask('success-rate?modelName=rates&by=loraRank,extra.optimizer');
    expect(total(two.bins)).toBe(161);
    expect(two.bins.find(({ values }: any) => values.loraRank === 32 && values['extra.optimizer'] === 'Lion')).toMatchObject({
      n: 20,
      filter: { loraRankMin: '32', loraRankMax: '32', 'extra.optimizer': 'Lion' },
    });
  });

  it('answers a dimension there is not with a problem', async () => {
    await app.admin.get('/analytics/success-rate?by=password_hash', 400);
    await app.admin.get('/analytics/success-rate?by=loraRank,batchSize,epochs', 400);
    await app.admin.get('/analytics/success-rate', 400);
  });
});

describe('convergence', () => {
  it('shows that learning rates above 3e-4 diverge, and aligns curves of different lengths', async () => {
    const falling = (count: number) => times(count, (index) => 1 - 0.9 * ((index + 1) / count));
    const rising = times(50, (index) => 1 + index / 10);
    await insertPast(
      app.database,
      [1e-4, 3e-4, 5e-4, 1e-3].flatMap((learningRate) =>
        times(8, (index) =>
          learningRate > 3e-4
            ? pastTask({
                modelName: 'bands',
                learningRate,
                status: 'FAILED',
                reason: index % 2 ? 'NAN_LOSS' : 'TRAINER_EXIT',
                curve: rising,
                steps: 1000,
              })
            : pastTask({ modelName: 'bands', learningRate, curve: falling(index % 2 ? 400 : 40) }),
        ),
      ),
    );
    const { groups, basis } = await ask('convergence?modelName=bands&target=0.3');
    expect(basis).toMatchObject({ tasks: 32, sampled: false });
    expect(groups.map(({ value, n, diverged }: any) => [value.to, n, diverged])).toEqual([
      [1e-4, 8, 0],
      [3e-4, 8, 0],
      [5e-4, 8, 8],
      [1e-3, 8, 8],
    ]);
    const [good, , bad] = groups;
    expect(good.median[16]).toBeCloseTo(0.55, 1);
    expect(good.q3[16] - good.q1[16]).toBeLessThan(0.05);
    expect(good.stepsToTarget).toMatchObject({ reached: 8, n: 8 });
    expect(bad.stepsToTarget).toMatchObject({ reached: 0, median: null });
    // The bad runs stopped half-way: nothing is drawn beyond.
    expect(bad.median[15]).toBeGreaterThan(1);
    expect(bad.median[20]).toBeNull();
  });
});

describe('durations', () => {
  it('answers percentiles of duration, waiting and throughput', async () => {
    await insertPast(
      app.database,
      times(101, (index) =>
        pastTask({ modelName: 'slow', batchSize: 1 + (index % 2), lasted: 100 + 10 * index, waited: index, steps: 1000 }),
      ),
    );
    await insertPast(
      app.database,
      times(5, () => pastTask({ modelName: 'slow', status: 'FAILED', lasted: 1 })),
    );
    const { overall, groups, histogram } = await ask('durations?modelName=slow&by=batchSize');
    expect(overall.duration.n).toBe(101);
    expect(overall.duration.p50 / 600).toBeCloseTo(1, 2);
    expect(overall.duration.p90 / 1000).toBeCloseTo(1, 2);
    expect(overall.waiting.p50 / 50).toBeCloseTo(1, 1);
    expect(overall.throughput.p50 / (1000 / 600)).toBeCloseTo(1, 1);
    expect(groups.map(({ value, duration }: any) => [value, duration.n])).toEqual([
      [1, 51],
      [2, 50],
    ]);
    expect(histogram.reduce((sum: number, { count }: any) => sum + count, 0)).toBe(101);
  });
});

describe('failures', () => {
  it('finds the one bad node, and puts errors that say the same together', async () => {
    await insertPast(
      app.database,
      times(240, (index) => {
        const host = `gpu-${index % 4}`;
        const isBad = host === 'gpu-3' ? index % 8 < 6 && index % 16 > 2 : index % 20 === 0;
        return pastTask({
          modelName: 'nodes',
          host,
          loraRank: [8, 16, 32][index % 3]!,
          status: isBad ? 'FAILED' : 'SUCCESS',
          reason: isBad ? 'OOM' : null,
          error: isBad ? `torch.OutOfMemoryError: CUDA out of memory. Tried to allocate ${index}.50 GiB at /home/u${index}/x` : null,
        });
      }),
    );
    const answer = await ask('failures?modelName=nodes');
    expect(answer.overRepresented.map(({ parameter, value }: any) => `${parameter} ${value}`)).toEqual(['host gpu-3']);
    const [node] = answer.overRepresented;
    expect(node).toMatchObject({ reason: { code: 'OVER_REPRESENTED' } });
    expect(await listed({ modelName: 'nodes' }, node.filter)).toBe(node.failures);
    expect(node.taskIds.length).toBeGreaterThan(0);
    for (const taskId of node.taskIds.slice(0, 3))
      expect(await app.admin.get(`/train-tasks/${taskId}`)).toMatchObject({ host: 'gpu-3', status: 'FAILED' });
    expect(answer.signatures).toHaveLength(1);
    expect(answer.signatures[0]).toMatchObject({
      signature: 'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate <n> GiB at <path>',
      reason: 'OOM',
      count: answer.basis.tasks,
    });
    expect(answer.reasons).toEqual([{ reason: 'OOM', count: answer.basis.tasks }]);
    expect(answer.series).toEqual([{ from: '2026-03-02T00:00:00.000Z', counts: { OOM: answer.basis.tasks } }]);
  });

  it('finds a setting of the trainer, told apart from what only looks alike', async () => {
    const extra = (index: number): Record<string, unknown> => ({
      noise_offset: index % 4 === 0 ? 1 : '1',
      output_name: `run ${index}`,
      caption: 'x'.repeat(200),
      nothing: null,
      nested: { a: index % 4 },
    });
    await insertPast(
      app.database,
      times(240, (index) =>
        pastTask({
          modelName: 'settings',
          extra: extra(index),
          status: index % 4 === 0 ? 'FAILED' : 'SUCCESS',
          reason: index % 4 === 0 ? 'DIVERGED' : null,
        }),
      ),
    );
    const { overRepresented } = await ask('failures?modelName=settings');
    expect(overRepresented.map(({ parameter, value, failures, successes }: any) => [parameter, value, failures, successes])).toEqual([
      ['extra.noise_offset', 1, 60, 0],
    ]);
    const [{ taskIds }] = overRepresented;
    expect(taskIds).toHaveLength(20);
    for (const taskId of taskIds.slice(0, 3))
      expect(await app.admin.get(`/train-tasks/${taskId}`)).toMatchObject({ status: 'FAILED', extraParams: { noise_offset: 1 } });
  });

  it('finds nothing where failures keep no company', async () => {
    await insertPast(
      app.database,
      times(200, (index) =>
        pastTask({
          modelName: 'chance',
          host: `gpu-${index % 4}`,
          loraRank: [8, 16][Math.floor(index / 4) % 2]!,
          status: Math.floor(index / 8) % 5 === 0 ? 'FAILED' : 'SUCCESS',
        }),
      ),
    );
    const { overRepresented, tested } = await ask('failures?modelName=chance');
    expect(overRepresented).toEqual([]);
    expect(tested).toBeGreaterThan(4);
  });
});

describe('cost and budgets', () => {
  it('adds up hours and money by user, model and week', async () => {
    const spent = (owner: string, cost: number | null, createdAt: string) =>
      pastTask({ modelName: 'dear', owner, cost, gpuSeconds: 3600, createdAt });
    await insertPast(app.database, [
      spent('bob', 5, '2026-03-02T00:00:00Z'),
      spent('bob', 2, '2026-03-08T23:59:59Z'),
      spent('carl', null, '2026-03-09T00:00:00Z'),
    ]);
    expect((await ask('cost?modelName=dear')).rows).toEqual([
      { key: 'bob', tasks: 2, gpuHours: 2, cost: 7, failedGpuHours: 0, filter: { user: 'bob' } },
      { key: 'carl', tasks: 1, gpuHours: 1, cost: null, failedGpuHours: 0, filter: { user: 'carl' } },
    ]);
    const weeks = await ask('cost?modelName=dear&by=week');
    expect(weeks.rows.map(({ key, tasks }: any) => [key, tasks])).toEqual([
      ['2026-03-02T00:00:00.000Z', 2],
      ['2026-03-09T00:00:00.000Z', 1],
    ]);
    expect(weeks.total).toMatchObject({ tasks: 3, cost: 7 });
    expect(await listed({ modelName: 'dear' }, weeks.rows[0].filter)).toBe(2);
  });

  it('warns before a budget is used up; only admins set one, and members see their own', async () => {
    await insertPast(app.database, [pastTask({ modelName: 'budgeted', owner: 'bob', cost: 85, createdAt: new Date().toISOString() })]);
    await bob.call('PUT', '/analytics/budgets', { of: 'user', name: 'bob', monthly: 1 }, 403);
    await app.admin.call('PUT', '/analytics/budgets', { of: 'user', name: 'nobody', monthly: 1 }, 400);
    await app.admin.call('PUT', '/analytics/budgets', { of: 'model', name: 'budgeted', monthly: 50 }, 200);
    const { body } = await app.admin.call('PUT', '/analytics/budgets', { of: 'user', name: 'bob', monthly: 100 }, 200);
    expect(body.items).toEqual([
      { of: 'model', name: 'budgeted', monthly: 50, warnAt: 0.8, spent: 85, level: 'over' },
      { of: 'user', name: 'bob', monthly: 100, warnAt: 0.8, spent: 85, level: 'warn' },
    ]);
    expect((await ask('budgets', bob)).items.map(({ name }: any) => name)).toEqual(['bob']);
    expect((await ask('budgets', carl)).items).toEqual([]);
    await app.admin.call('PUT', '/analytics/budgets', { of: 'user', name: 'bob', monthly: null }, 200);
    expect((await ask('budgets', bob)).items).toEqual([]);
  });
});
