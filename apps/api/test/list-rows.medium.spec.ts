import type { TrainTaskSummary } from '@lora-ledger/contracts';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { points, submit, submitAndStart } from './support/tasks.js';

/** Rows of the list are written from the texts of the database, and a task on its own from values: both must say the same. */
describe('a row of the list', () => {
  let app: TestApp;
  let eve: Api;

  beforeAll(async () => {
    app = await makeApp({ LEDGER_STALLED_AFTER: '60' });
    eve = await app.member('eve');
    await submit(app, eve, {
      name: '墨 "ink"\\wash',
      description: 'two\nlines\tand a tab',
      tags: ['a,b', '"c"', '墨'],
      note: 'why',
      modelPath: 'C:\\models\\x',
      learningRate: 1e-7,
      loraAlpha: 0.5,
      epochs: 0.25,
      seed: 2 ** 53 - 1,
      incremental: true,
      resumeFrom: './w.safetensors',
      metadataPath: 'm.json',
      outputPath: './out',
      extraParams: { '2': 1, '1': [null, true, 'x"y'], deep: { a: 1e-9, 墨: '\u0001' } },
    });
    const running = await submitAndStart(app, eve, { epochs: undefined, maxSteps: 500 });
    await running.trainer.post(`/train-tasks/${running.taskId}/progress`, {
      points: [{ key: 'loss', step: 1, value: 0.125 }],
      currentStep: 1,
      totalSteps: 500,
      currentEpoch: 0.1,
    });
    const silent = await submitAndStart(app, eve);
    await app.database.query(
      `UPDATE train_task SET last_seen_at = now() - interval '1 hour', start_time = '2026-01-02 03:04:05+00' WHERE task_id = $1`,
      [silent.taskId],
    );
    for (const [value, ending] of [
      ['NaN', 'finish'],
      ['-Infinity', 'fail'],
    ] as const) {
      const { taskId, trainer } = await submitAndStart(app, eve);
      await trainer.post(
        `/train-tasks/${taskId}/progress`,
        points(3, 'loss', () => value),
      );
      await trainer.post(
        `/train-tasks/${taskId}/${ending}`,
        ending === 'fail' ? { error: 'it "broke"\n at line 1' } : { gpuSeconds: 12.5 },
      );
    }
    const cancelled = await submit(app, eve);
    await eve.post(`/train-tasks/${cancelled.taskId}/cancel`);
    await app.database.query(
      `UPDATE train_task SET end_time = '2026-01-02 03:04:05.12+00', exit_code = -9, host = 'gpu "1"', gpu = 'A100', cost = 1e-5 WHERE task_id = $1`,
      [cancelled.taskId],
    );
    await eve.post(`/train-tasks/${cancelled.taskId}/clone`, {}, 201);
    const trashed = await submit(app, eve);
    await eve.delete(`/train-tasks/${trashed.taskId}`);
  });

  afterAll(() => app.close());

  it.each([
    ['', 7],
    ['deleted=only&', 1],
  ])('says what the task says of itself, for its owner and for an admin: "%s"', async (query, count) => {
    for (const caller of [eve, app.admin]) {
      const { items }: { items: TrainTaskSummary[] } = await caller.get(`/train-tasks?${query}limit=100`);
      expect(items).toHaveLength(count);
      for (const item of items) {
        const alone = await caller.get(`/train-tasks/${item.taskId}`);
        expect(item).toEqual(Object.fromEntries(Object.keys(item).map((field) => [field, alone[field]])));
      }
    }
  });

  it('has every field of its contract', async () => {
    const { components } = await app.anonymous.get('/openapi.json');
    const {
      items: [row],
    } = await eve.get('/train-tasks');
    expect(Object.keys(row).sort()).toEqual(
      Object.keys(components.schemas.TrainTaskSummary.properties)
        .filter((field) => field !== 'columns')
        .sort(),
    );
  });

  it('comes as JSON in UTF-8', async () => {
    const { headers } = await eve.call('GET', '/train-tasks', undefined, 200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });
});
