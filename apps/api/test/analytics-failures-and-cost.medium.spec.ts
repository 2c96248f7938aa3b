import type { Budgets, Costs, Failures } from '@lora-ledger/contracts';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { insertPast, pastTask, times } from './support/past-tasks.js';
import { ask, listed } from './support/statistics.js';

let app: TestApp;
let bob: Api;
let carl: Api;
beforeAll(async () => {
  app = await makeApp();
  [bob, carl] = [await app.member('bob'), await app.member('carl')];
});
afterAll(() => app.close());

/** Each test speaks about a model of its own. */
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
    const answer = await ask<Failures>(app.admin, 'failures?modelName=nodes');
    expect(answer.overRepresented.map(({ parameter, value }) => [parameter, value])).toEqual([['host', 'gpu-3']]);
    const [node] = answer.overRepresented;
    expect(node).toMatchObject({ reason: { code: 'OVER_REPRESENTED' } });
    expect(await listed(app.admin, { modelName: 'nodes' }, node!.filter)).toBe(node!.failures);
    expect(node!.taskIds.length).toBeGreaterThan(0);
    for (const taskId of node!.taskIds.slice(0, 3))
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
    const { overRepresented } = await ask<Failures>(app.admin, 'failures?modelName=settings');
    expect(overRepresented.map(({ parameter, value, failures, successes }) => [parameter, value, failures, successes])).toEqual([
      ['extra.noise_offset', 1, 60, 0],
    ]);
    const { taskIds } = overRepresented[0]!;
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
    const { overRepresented, tested } = await ask<Failures>(app.admin, 'failures?modelName=chance');
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
    expect((await ask<Costs>(app.admin, 'cost?modelName=dear')).rows).toEqual([
      { key: 'bob', tasks: 2, gpuHours: 2, cost: 7, failedGpuHours: 0, filter: { user: 'bob' } },
      { key: 'carl', tasks: 1, gpuHours: 1, cost: null, failedGpuHours: 0, filter: { user: 'carl' } },
    ]);
    const weeks = await ask<Costs>(app.admin, 'cost?modelName=dear&by=week');
    expect(weeks.rows.map(({ key, tasks }) => [key, tasks])).toEqual([
      ['2026-03-02T00:00:00.000Z', 2],
      ['2026-03-09T00:00:00.000Z', 1],
    ]);
    expect(weeks.total).toMatchObject({ tasks: 3, cost: 7 });
    expect(await listed(app.admin, { modelName: 'dear' }, weeks.rows[0]!.filter)).toBe(2);
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
    expect((await ask<Budgets>(bob, 'budgets')).items.map(({ name }) => name)).toEqual(['bob']);
    expect((await ask<Budgets>(carl, 'budgets')).items).toEqual([]);
    await app.admin.call('PUT', '/analytics/budgets', { of: 'user', name: 'bob', monthly: null }, 200);
    expect((await ask<Budgets>(bob, 'budgets')).items).toEqual([]);
  });
});
