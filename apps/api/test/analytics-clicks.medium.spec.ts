import type { HistogramBar } from '@lora-ledger/contracts';
import { makeApp, type TestApp } from './support/app.js';
import { insertPast, pastTask, times } from './support/past-tasks.js';

let app: TestApp;
beforeAll(async () => {
  app = await makeApp();
  await insertPast(
    app.database,
    times(120, (index) =>
      pastTask({
        modelName: 'marks',
        loraRank: [8, 32][index % 2]!,
        epochs: index % 5 === 0 ? null : 10,
        lasted: 40 + 0.731 * index ** 2,
        status: index % 7 === 0 ? 'FAILED' : 'SUCCESS',
        extra: {
          warmup: 1 + index * 3,
          ...(index % 4 === 0 ? {} : { snr: 0.1 * (1 + (index % 30)) }),
          ...(index % 3 === 0 ? { note: null } : { note: 'text' }),
        },
      }),
    ),
  );
  await insertPast(app.database, [
    pastTask({ modelName: 'elsewhere', lasted: 60, extra: { warmup: 5 } }),
    pastTask({ modelName: 'marks', status: 'RUNNING', extra: { warmup: 'ten' } }),
  ]);
});
afterAll(() => app.close());

const ask = (path: string): Promise<any> => app.admin.get(`/analytics/${path}`);
const listed = async (filter: Record<string, string>, states: readonly string[]): Promise<number> => {
  const query = new URLSearchParams({ modelName: 'marks', ...filter, withTotal: 'true', limit: '1' });
  states.forEach((status) => query.append('status', status));
  return (await app.admin.get(`/train-tasks?${query.toString()}`)).total;
};

describe('every mark leads to just its tasks', () => {
  it.each(['extra.warmup', 'extra.snr', 'extra.note', 'epochs', 'loraRank', 'extra.snr,epochs', 'extra.note,extra.snr'])(
    'of the success rate by %s',
    async (by) => {
      const { bins } = await ask(`success-rate?modelName=marks&by=${by}`);
      expect(bins.length).toBeGreaterThan(1);
      for (const { filter, n } of bins) expect([filter, await listed(filter, ['SUCCESS', 'FAILED'])]).toEqual([filter, n]);
    },
  );

  it('of how durations are spread', async () => {
    const { histogram } = await ask('durations?modelName=marks');
    const bars = histogram.filter(({ count }: HistogramBar) => count > 0);
    expect(bars.length).toBeGreaterThan(5);
    for (const { filter, count } of bars) expect([filter, await listed(filter, ['SUCCESS'])]).toEqual([filter, count]);
    for (const { filter, count } of histogram) expect(filter === null).toBe(count === 0);
  });
});

describe('a bar of durations', () => {
  it('leads to just its tasks when they differ by milliseconds and are of several models', async () => {
    const tasks = times(90, (index) =>
      pastTask({ modelName: ['blink', 'wink', 'nod'][index % 3]!, lasted: (17 + index) / 1000, trainer: 'quick' }),
    );
    await insertPast(app.database, tasks);
    const { histogram } = await ask('durations?trainer=quick');
    const bars = histogram.filter(({ count }: HistogramBar) => count > 0);
    expect(bars.length).toBeGreaterThan(3);
    for (const { filter, count } of bars) {
      const query = new URLSearchParams({ trainer: 'quick', ...filter, withTotal: 'true', limit: '1' });
      expect([filter, (await app.admin.get(`/train-tasks?${query.toString()}`)).total]).toEqual([filter, count]);
    }
  });
});

describe('the list', () => {
  it('is narrowed by duration, and so are bulk actions and the figures of analytics', async () => {
    expect(await listed({ durationMin: '41', durationMax: '60' }, [])).toBe(4);
    expect(
      (await app.admin.get('/train-tasks?modelName=marks&durationMin=10000&sort=-duration')).items.every(
        ({ startTime, endTime }: any) => Date.parse(endTime) - Date.parse(startTime) >= 1e7,
      ),
    ).toBe(true);
    expect((await ask('overview?modelName=marks&durationMin=41&durationMax=60')).totals.all).toBe(4);
    expect((await ask('overview?modelName=marks&extraMin.warmup=4&extraMax.warmup=10')).totals.all).toBe(3);
  });

  it('compares numbers as JSON has them, and takes no text for one', async () => {
    expect(await listed({ 'extraMin.snr': '0.3', 'extraMax.snr': '0.3' }, [])).toBe(
      times(120, (index) => index).filter((index) => index % 4 !== 0 && 0.1 * (1 + (index % 30)) === 0.3).length,
    );
    expect(await listed({ 'extraMin.warmup': '-1e300' }, [])).toBe(120);
  });

  it.each(['durationMin=long', 'extraMin.warmup=much', 'extraMin.=1', 'extraMin=1&extraMin=2', 'unset=loraRank', 'unset=extra.'])(
    'refuses %s with a sentence',
    async (query) => {
      expect(await app.admin.get(`/train-tasks?${query}`, 400)).toMatchObject({ code: 'VALIDATION' });
    },
  );
});
