import type { Durations, Failures, ListSelection, Overview, SuccessRates } from '@lora-ledger/contracts';
import { makeApp, type TestApp } from './support/app.js';
import { insertPast, pastTask, times } from './support/past-tasks.js';
import { ask } from './support/statistics.js';

const PAGE = { modelName: 'marked', createdFrom: '2026-02-03T05:00:00.000Z', createdTo: '2026-05-20T00:00:00.000Z' };
const STATES = ['PENDING', 'RUNNING', 'SUCCESS', 'FAILED', 'CANCELLED'] as const;
const COUNTED = { PENDING: 'pending', RUNNING: 'running', SUCCESS: 'success', FAILED: 'failed', CANCELLED: 'cancelled' } as const;

let app: TestApp;
beforeAll(async () => {
  app = await makeApp();
  await insertPast(
    app.database,
    times(400, (index) =>
      pastTask({
        modelName: 'marked',
        loraRank: [8, 16, 32][index % 3]!,
        learningRate: 1e-4 * (1 + (index % 37)),
        epochs: index % 5 === 0 ? null : 10,
        status: STATES[index % 7] ?? 'SUCCESS',
        reason: index % 7 === 3 ? ['OOM', 'NAN_LOSS'][index % 2]! : null,
        lasted: 20 + index,
        createdAt: new Date(Date.UTC(2026, 1, 1, index * 7)).toISOString(),
      }),
    ),
  );
});
afterAll(() => app.close());

const question = (more: Record<string, string>): string => new URLSearchParams({ ...PAGE, ...more }).toString();

/** How many tasks the list shows for the filters of the page, those of the mark, and states. */
async function listed(filter: ListSelection, states: readonly string[] = []): Promise<number> {
  const query = new URLSearchParams({ ...PAGE, ...filter, withTotal: 'true', limit: '1' });
  states.forEach((status) => query.append('status', status));
  return (await app.admin.get<{ total: number }>(`/train-tasks?${query.toString()}`)).total;
}

/** The days of bar `index`, within those of the page, as the page itself asks for them. */
function daysOf(series: readonly { from: string }[], index: number): Record<string, string> {
  const from = series[index]?.from ?? PAGE.createdFrom;
  return {
    createdFrom: from > PAGE.createdFrom ? from : PAGE.createdFrom,
    createdTo: series[index + 1]?.from ?? PAGE.createdTo,
  };
}

describe('every mark leads to just its tasks', () => {
  it.each(['day', 'week', 'month'])('of the states by %s', async (bucket) => {
    const { series, totals } = await ask<Overview>(app.admin, `overview?${question({ bucket, utcOffset: '-210' })}`);
    expect(series.reduce((sum, { all }) => sum + all, 0)).toBe(totals.all);
    const bars = series.map((point, index) => ({ point, days: daysOf(series, index) }));
    for (const { point, days } of bars.filter((_bar, index) => index < 10 || index > bars.length - 5)) {
      expect([days, await listed(days)]).toEqual([days, point.all]);
      for (const state of STATES) expect([days, state, await listed(days, [state])]).toEqual([days, state, point[COUNTED[state]]]);
    }
  });

  it('of the reasons over time', async () => {
    const { series } = await ask<Failures>(app.admin, `failures?${question({ utcOffset: '345' })}`);
    expect(series.length).toBeGreaterThan(3);
    for (const [index, { counts }] of series.entries())
      for (const [failureReason, count] of Object.entries(counts)) {
        const filter = { ...daysOf(series, index), failureReason };
        expect([filter, await listed(filter, ['FAILED'])]).toEqual([filter, count]);
      }
  });

  it.each(['loraRank,epochs', 'learningRate,loraRank', 'epochs,learningRate'])('of the map of success by %s', async (by) => {
    const { bins } = await ask<SuccessRates>(app.admin, `success-rate?${question({ by })}`);
    expect(bins.length).toBeGreaterThan(3);
    for (const { filter, n } of bins) expect([filter, await listed(filter, ['SUCCESS', 'FAILED'])]).toEqual([filter, n]);
  });

  it.each(['loraRank', 'epochs', 'learningRate'])('of the durations by %s', async (by) => {
    const { groups } = await ask<Durations>(app.admin, `durations?${question({ by })}`);
    expect(groups.length).toBeGreaterThan(1);
    for (const { filter, duration } of groups) expect([filter, await listed(filter, ['SUCCESS'])]).toEqual([filter, duration.n]);
  });

  it('of the durations of other states, of which some have not ended', async () => {
    const states = ['RUNNING', 'FAILED', 'CANCELLED'];
    const asked = `${question({ by: 'loraRank' })}&${states.map((status) => `status=${status}`).join('&')}`;
    const { groups } = await ask<Durations>(app.admin, `durations?${asked}`);
    expect(groups).toHaveLength(3);
    for (const { filter, duration } of groups)
      expect([filter, await listed({ ...filter, durationMin: '0' }, states)]).toEqual([filter, duration.n]);
  });
});
