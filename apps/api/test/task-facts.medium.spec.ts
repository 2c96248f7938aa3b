import { TASK_STATUSES } from '@lora-ledger/training';
import fc from 'fast-check';
import { makeApp, type TestApp } from './support/app.js';
import { insertPast, pastTask, times } from './support/past-tasks.js';
import { submit, submitAndStart } from './support/tasks.js';

let app: TestApp;
beforeAll(async () => {
  app = await makeApp();
});
afterAll(() => app.close());

const SAME =
  'id, create_user, created_at, lora_rank, batch_size, lora_alpha, learning_rate, status::text, model_name, trainer, epochs, start_time, end_time, deleted_at, final_loss, gpu_seconds, cost, failure_reason, gpu, host';
const FACTS = `SELECT ${SAME}, waited, lasted, steps FROM task_fact`;
const TRUTH = `SELECT ${SAME}, extract(epoch FROM start_time - created_at)::real, extract(epoch FROM end_time - start_time)::real, CASE WHEN end_time IS NOT NULL THEN current_step END FROM train_task`;

describe('the narrow twin of the tasks', () => {
  it('says the same after every step of a life', async () => {
    const tasks = [
      await submit(app, app.admin),
      await submitAndStart(app, app.admin),
      await submitAndStart(app, app.admin),
      await submitAndStart(app, app.admin),
      await submit(app, app.admin),
    ] as const;
    const [, finished, failed, running, cancelled] = tasks;
    await running.trainer.post(`/train-tasks/${running.taskId}/progress`, { points: [{ key: 'loss', step: 5, value: 0.5 }] });
    await finished.trainer.post(`/train-tasks/${finished.taskId}/progress`, { points: [{ key: 'loss', step: 100, value: 0.25 }] });
    await finished.trainer.post(`/train-tasks/${finished.taskId}/finish`, { output: 'out', gpuSeconds: 12 });
    await failed.trainer.post(`/train-tasks/${failed.taskId}/fail`, { error: 'CUDA out of memory' });
    await app.admin.post(`/train-tasks/${cancelled.taskId}/cancel`);
    await app.admin.delete(`/train-tasks/${failed.taskId}`);
    await app.admin.delete(`/train-tasks/${cancelled.taskId}`);
    await app.admin.post(`/train-tasks/${cancelled.taskId}/restore`);
    expect(await app.database.query(`(${FACTS} EXCEPT ${TRUTH}) UNION ALL (${TRUTH} EXCEPT ${FACTS})`)).toEqual([]);
    const [{ n, steps }] = await app.database.query(
      `SELECT (SELECT count(*)::integer FROM task_fact) AS n, (SELECT f.steps FROM task_fact f JOIN train_task t USING (id) WHERE t.task_id = $1) AS steps`,
      [finished.taskId],
    );
    expect([n, steps]).toEqual([5, '100']);
  });

  it('knows every state there is', async () => {
    expect(await app.database.query('SELECT unnest(enum_range(NULL::task_status))::text AS status')).toEqual(
      TASK_STATUSES.map((status) => ({ status })),
    );
  });

  it('selects the same tasks by every filter as the list does', async () => {
    await insertPast(
      app.database,
      times(60, (index) =>
        pastTask({
          loraRank: [8, 16, 32][index % 3]!,
          learningRate: [1e-4, 3e-4][index % 2]!,
          batchSize: 1 + (index % 4),
          modelName: ['alpha', 'beta'][index % 2]!,
          extra: { optimizer: ['AdamW', 'Lion'][index % 2] },
          status: (['SUCCESS', 'FAILED', 'CANCELLED'] as const)[index % 3]!,
          reason: index % 3 === 1 ? 'OOM' : null,
          createdAt: `2026-03-${String(1 + (index % 28)).padStart(2, '0')}T12:00:00Z`,
        }),
      ),
    );
    const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
    const filters = fc.record({
      status: some(fc.constantFrom(['SUCCESS'], ['SUCCESS', 'FAILED'])),
      modelName: some(fc.constantFrom('alpha', 'beta', 'gamma')),
      user: some(fc.constantFrom('ada', 'nobody')),
      loraRankMin: some(fc.constantFrom('8', '16')),
      learningRateMax: some(fc.constantFrom('0.0001', '0.0003')),
      createdFrom: some(fc.constantFrom('2026-03-10T00:00:00Z')),
      failureReason: some(fc.constantFrom('OOM')),
      q: some(fc.constantFrom('alpha', 'past')),
      'extra.optimizer': some(fc.constantFrom('Lion')),
      finalLossMax: some(fc.constantFrom('0.5')),
      deleted: some(fc.constantFrom('only')),
    });
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const query = new URLSearchParams(
          Object.entries(filter).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, one])),
        ).toString();
        const [{ total }, { totals }] = await Promise.all([
          app.admin.get(`/train-tasks?withTotal=true&limit=1&${query}`),
          app.admin.get(`/analytics/overview?${query}`),
        ]);
        expect(totals.all).toBe(total);
      }),
      { numRuns: 40 },
    );
  });
});
