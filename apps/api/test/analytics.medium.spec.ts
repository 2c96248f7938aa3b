import type { Convergence, Durations, Overview, Rate, SuccessRates } from '@lora-ledger/contracts';
import { makeApp, type TestApp } from './support/app.js';
import { insertPast, pastTask, times } from './support/past-tasks.js';
import { ask, binOf, listed } from './support/statistics.js';

let app: TestApp;
beforeAll(async () => {
  app = await makeApp();
  await app.member('bob');
});
afterAll(() => app.close());

/** Each test speaks about a model of its own. */
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
    const answer = await ask<Overview>(
      app.admin,
      'overview?modelName=overview&createdFrom=2026-03-01T00:00:00Z&createdTo=2026-03-04T00:00:00Z',
    );
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
    expect(answer.series.map(({ from, all }) => [from.slice(0, 10), all])).toEqual([
      ['2026-03-01', 1],
      ['2026-03-02', 0],
      ['2026-03-03', 3],
    ]);
    expect(answer.previous).toMatchObject({ from: '2026-02-26T00:00:00.000Z', to: '2026-03-01T00:00:00.000Z', all: 1, success: 1 });
    const inBeijing = await ask<Overview>(
      app.admin,
      'overview?modelName=overview&createdFrom=2026-03-01T00:00:00Z&bucket=day&utcOffset=480',
    );
    expect(inBeijing.series.find(({ failed }) => failed > 0)).toMatchObject({ from: '2026-03-03T16:00:00.000Z', failed: 1 });
  });

  it('goes on to today where only a beginning is asked for, the days without tasks too', async () => {
    const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
    await insertPast(app.database, [pastTask({ modelName: 'quiet', createdAt: ago(8) })]);
    const { series } = await ask<Overview>(app.admin, `overview?modelName=quiet&createdFrom=${ago(10)}&bucket=day`);
    expect(series.map(({ all }) => all)).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('looks in the period before for what started as much earlier', async () => {
    const at = (createdAt: string, waited: number) => pastTask({ modelName: 'late start', createdAt, waited });
    const [minute, day] = [60, 86_400];
    await insertPast(app.database, [
      at('2026-03-11T12:00:00Z', minute),
      at('2026-03-11T12:00:00Z', 3 * day),
      at('2026-03-01T12:00:00Z', minute),
      at('2026-03-01T12:00:00Z', 3 * day),
      at('2026-03-01T13:00:00Z', 3 * day),
    ]);
    const { totals, previous } = await ask<Overview>(
      app.admin,
      'overview?modelName=late start&createdFrom=2026-03-11T00:00:00Z&createdTo=2026-03-21T00:00:00Z&startedFrom=2026-03-13T00:00:00Z&startedTo=2026-03-21T00:00:00Z',
    );
    expect([totals.all, previous!.all]).toEqual([1, 2]);
  });

  it('is right the moment a task has changed', async () => {
    await insertPast(app.database, [pastTask({ modelName: 'fresh', status: 'RUNNING' })]);
    expect((await ask<Overview>(app.admin, 'overview?modelName=fresh')).totals).toMatchObject({ all: 1, running: 1 });
    await app.database.query(`UPDATE train_task SET status = 'SUCCESS', end_time = now() WHERE model_name = 'fresh'`);
    expect((await ask<Overview>(app.admin, 'overview?modelName=fresh')).totals).toMatchObject({ all: 1, running: 0, success: 1 });
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
    const { bins, p, overall } = await ask<SuccessRates>(app.admin, 'success-rate?modelName=rates&by=loraRank');
    expect(bins.map(({ values, n, rate, tooFew }) => [values['loraRank'], n, rate, tooFew])).toEqual([
      [8, 40, 0.5, false],
      [16, 40, 0.5, false],
      [32, 40, 0.95, false],
      [64, 40, 0.5, false],
      [128, 1, 1, true],
    ]);
    expect(bins[2]!.low).toBeGreaterThan(bins[0]!.high);
    expect(p).toBeLessThan(1e-4);
    expect(overall.n).toBe(161);
    for (const { n, filter } of bins)
      expect(
        (await listed(app.admin, { modelName: 'rates' }, { ...filter, status: 'SUCCESS' })) +
          (await listed(app.admin, { modelName: 'rates' }, { ...filter, status: 'FAILED' })),
      ).toBe(n);
  });

  it('puts learning rates in bins whose ends select just their tasks, in one and two dimensions', async () => {
    const one = await ask<SuccessRates>(app.admin, 'success-rate?modelName=rates&by=learningRate');
    const total = (bins: readonly Rate[]): number => bins.reduce((sum, { n }) => sum + n, 0);
    expect(total(one.bins)).toBe(161);
    for (const { n, filter, values } of one.bins) {
      const learningRate = binOf(values['learningRate']);
      expect(learningRate.min > learningRate.from && learningRate.max <= learningRate.to).toBe(true);
      expect(
        (await listed(app.admin, { modelName: 'rates' }, { ...filter, status: 'SUCCESS' })) +
          (await listed(app.admin, { modelName: 'rates' }, { ...filter, status: 'FAILED' })),
      ).toBe(n);
    }
    const two = await ask<SuccessRates>(app.admin, 'success-rate?modelName=rates&by=loraRank,extra.optimizer');
    expect(total(two.bins)).toBe(161);
    expect(two.bins.find(({ values }) => values['loraRank'] === 32 && values['extra.optimizer'] === 'Lion')).toMatchObject({
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
    const { groups, basis } = await ask<Convergence>(app.admin, 'convergence?modelName=bands&target=0.3');
    expect(basis).toMatchObject({ tasks: 32, sampled: false });
    expect(groups.map(({ value, n, diverged }) => [binOf(value).to, n, diverged])).toEqual([
      [1e-4, 8, 0],
      [3e-4, 8, 0],
      [5e-4, 8, 8],
      [1e-3, 8, 8],
    ]);
    const [good, , bad] = groups;
    expect(good!.median[16]!).toBeCloseTo(0.55, 1);
    expect(good!.q3[16]! - good!.q1[16]!).toBeLessThan(0.05);
    expect(good!.stepsToTarget).toMatchObject({ reached: 8, n: 8 });
    expect(bad!.stepsToTarget).toMatchObject({ reached: 0, median: null });
    // The bad runs stopped half-way: nothing is drawn beyond.
    expect(bad!.median[15]!).toBeGreaterThan(1);
    expect(bad!.median[20]).toBeNull();
  });

  it('draws of each value from the runs that have the metric, however few they are among the others', async () => {
    await insertPast(app.database, [
      ...times(200, () => pastTask({ modelName: 'seldom' })),
      ...times(12, () => pastTask({ modelName: 'seldom', curve: [1, 0.5] })),
    ]);
    const { groups, basis } = await ask<Convergence>(app.admin, 'convergence?modelName=seldom');
    expect(groups.map(({ n }) => n)).toEqual([12]);
    expect(basis).toMatchObject({ tasks: 12, sampled: false });
  });

  it('draws as many where only some values have few runs with the metric, and says whether there were more', async () => {
    const runs = (loraRank: number, count: number, curve: number[] = []) =>
      times(count, () => pastTask({ modelName: 'uneven', loraRank, curve }));
    await insertPast(app.database, [
      ...runs(8, 200),
      ...runs(8, 12, [1, 0.5]),
      ...runs(16, 60),
      ...runs(16, 40, [1, 0.5]),
      ...runs(32, 90),
    ]);
    const exact = await ask<Convergence>(app.admin, 'convergence?modelName=uneven&by=loraRank');
    expect(exact.groups.map(({ value, n }) => [value, n])).toEqual([
      [8, 12],
      [16, 40],
    ]);
    expect(exact.basis).toMatchObject({ tasks: 52, sampled: false });
    await insertPast(app.database, runs(16, 60, [1, 0.5]));
    const more = await ask<Convergence>(app.admin, 'convergence?modelName=uneven&by=loraRank');
    expect(more.groups.map(({ n }) => n)).toEqual([12, 40]);
    const plenty = await ask<Convergence>(app.admin, 'convergence?modelName=uneven&by=loraRank&loraRankMin=16&loraRankMax=16');
    expect([more.basis, plenty.basis]).toMatchObject([
      { tasks: 52, sampled: true },
      { tasks: 40, sampled: true },
    ]);
  });

  it('counts among those that diverged also who never said how many steps there were to be', async () => {
    await insertPast(app.database, [
      ...times(6, () => pastTask({ modelName: 'unsaid', curve: [1, 0.5] })),
      ...times(4, () => pastTask({ modelName: 'unsaid', status: 'FAILED', reason: 'NAN_LOSS', curve: [1, 9], totalSteps: null })),
    ]);
    const { groups, unaligned, basis } = await ask<Convergence>(app.admin, 'convergence?modelName=unsaid&target=0.5');
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ n: 10, diverged: 4, stepsToTarget: { reached: 6, n: 6 } });
    expect(groups[0]!.runs.at(-1)).toBe(6);
    expect([unaligned, basis.tasks]).toEqual([4, 10]);
  });

  it('does not ask whether what is no loss diverged', async () => {
    await insertPast(
      app.database,
      ['lr', 'val_loss'].flatMap((metric) => times(3, () => pastTask({ modelName: 'warm', metric, curve: [1, 2, 3] }))),
    );
    expect((await ask<Convergence>(app.admin, 'convergence?modelName=warm&metric=lr')).groups).toMatchObject([{ n: 3, diverged: null }]);
    expect((await ask<Convergence>(app.admin, 'convergence?modelName=warm&metric=val_loss')).groups).toMatchObject([{ n: 3, diverged: 3 }]);
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
    const { overall, groups, histogram } = await ask<Durations>(app.admin, 'durations?modelName=slow&by=batchSize');
    expect(overall.duration.n).toBe(101);
    expect(overall.duration.p50! / 600).toBeCloseTo(1, 2);
    expect(overall.duration.p90! / 1000).toBeCloseTo(1, 2);
    // Those that failed waited too, ten seconds each.
    expect(overall.waiting.n).toBe(106);
    expect(overall.waiting.p50! / 47.5).toBeCloseTo(1, 1);
    expect(overall.throughput.p50! / (1000 / 600)).toBeCloseTo(1, 1);
    expect(groups.map(({ value, duration }) => [value, duration.n])).toEqual([
      [1, 51],
      [2, 50],
      [4, 0],
    ]);
    expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(101);
  });

  it('counts the time in the queue of all that started, also of what runs or went wrong', async () => {
    await insertPast(app.database, [
      ...times(10, () => pastTask({ modelName: 'queue', waited: 10 })),
      ...times(20, (index) => pastTask({ modelName: 'queue', status: index % 2 ? 'RUNNING' : 'FAILED', waited: 1000, batchSize: 8 })),
      pastTask({ modelName: 'queue', status: 'PENDING' }),
    ]);
    const { overall, groups, histogram, basis } = await ask<Durations>(app.admin, 'durations?modelName=queue&by=batchSize');
    expect([overall.waiting.n, overall.duration.n, overall.throughput.n]).toEqual([30, 10, 10]);
    expect(overall.waiting.p50! / 1000).toBeCloseTo(1, 1);
    expect(groups.map(({ value, waiting, duration }) => [value, waiting.n, duration.n])).toEqual([
      [4, 10, 10],
      [8, 20, 0],
    ]);
    expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(10);
    expect(basis).toMatchObject({ tasks: 30, sampled: false });
    const failed = await ask<Durations>(app.admin, 'durations?modelName=queue&status=FAILED');
    expect([failed.overall.waiting.n, failed.overall.duration.n]).toEqual([10, 10]);
  });
});
