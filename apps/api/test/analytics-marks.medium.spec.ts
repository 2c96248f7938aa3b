import type { Costs, Failures } from '@lora-ledger/contracts';
import { makeApp, type TestApp } from './support/app.js';
import { insertPast, pastTask, times } from './support/past-tasks.js';
import { ask, listed } from './support/statistics.js';

let app: TestApp;
beforeAll(async () => {
  app = await makeApp();
});
afterAll(() => app.close());

/** Each test speaks about a model of its own. */
describe('errors that say the same', () => {
  it('lead to just their tasks, the newest of them where they are many, whatever their text begins with', async () => {
    const log = 'a line of the log\n'.repeat(200);
    await insertPast(app.database, [
      ...times(130, (index) =>
        pastTask({ modelName: 'errors', status: 'FAILED', error: `${log}ValueError: image ${index} is broken`, loraRank: 8 + (index % 2) }),
      ),
      ...times(20, () => pastTask({ modelName: 'errors', status: 'FAILED', error: `ValueError: is broken\n${log}KeyError: caption` })),
      ...times(3, () => pastTask({ modelName: 'errors', status: 'FAILED', error: '' })),
      pastTask({ modelName: 'errors', error: null }),
    ]);
    const { signatures } = await ask<Failures>(app.admin, 'failures?modelName=errors');
    expect(signatures.map(({ count, taskIds }) => [count, taskIds.length])).toEqual([
      [130, 100],
      [20, 20],
      [3, 3],
    ]);
    for (const { taskIds } of signatures)
      expect(await listed(app.admin, { modelName: 'errors', status: 'FAILED', ids: taskIds.join() })).toBe(taskIds.length);
  });
});

describe('a row of the costs', () => {
  it.each(['user', 'model', 'week'])('by %s leads to just the tasks it counts, also those that never started', async (by) => {
    const modelName = `dear by ${by}`;
    await app.member(`spender-${by}`);
    await insertPast(
      app.database,
      times(30, (index) =>
        pastTask({
          modelName: `${modelName} ${index % 2}`,
          trainer: modelName,
          owner: ['ada', `spender-${by}`][index % 2]!,
          status: (['PENDING', 'RUNNING', 'SUCCESS', 'FAILED', 'CANCELLED'] as const)[index % 5]!,
          createdAt: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
        }),
      ),
    );
    const periods: Record<string, string>[] = [{}, { createdFrom: '2026-01-03T00:00:00.000Z', createdTo: '2026-01-25T12:00:00.000Z' }];
    for (const days of periods) {
      const page = { trainer: modelName, ...days };
      const { rows, total } = await ask<Costs>(app.admin, `cost?${new URLSearchParams({ ...page, by, utcOffset: '120' }).toString()}`);
      expect(rows.length).toBeGreaterThan(1);
      for (const { filter, tasks } of rows) expect([filter, await listed(app.admin, page, filter)]).toEqual([filter, tasks]);
      expect(await listed(app.admin, page)).toBe(total.tasks);
    }
  });
});
