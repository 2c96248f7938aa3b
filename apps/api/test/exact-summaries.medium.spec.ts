import fc from 'fast-check';
import { makeApp, type TestApp } from './support/app.js';
import { submitAndStart, type Trained } from './support/tasks.js';

type Point = { key: string; step: number; value: number | string; epoch?: number | undefined };

/** The same values for the same step, as trainers repeat them. */
const valueAt = (step: number): number | string =>
  step % 13 === 0 ? 'NaN' : step % 17 === 0 ? 'Infinity' : ((step * 7919) % 1000) / 100 - 5;
const aPoint = fc
  .record({ key: fc.constantFrom('loss', 'lr', 'grad "norm"\\'), step: fc.integer({ min: 0, max: 60 }) })
  .map(({ key, step }): Point => ({ key, step, value: valueAt(step) }));
const aReport = fc.array(aPoint, { minLength: 1, maxLength: 20 });
const ascending = fc
  .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 10 }))
  .map(([from, count]) =>
    Array.from({ length: count }, (_one, index): Point => ({ key: 'loss', step: from + index, value: valueAt(from + index) })),
  );

const SUMMARIES = `SELECT key, first_step, first_value, last_step, last_value, min_value, max_value, count FROM metric_summary WHERE train_task_id = (SELECT id FROM train_task WHERE task_id = $1) ORDER BY key`;
const FROM_POINTS = `
  SELECT key, min(step) AS first_step, (array_agg(value ORDER BY step))[1] AS first_value, max(step) AS last_step, (array_agg(value ORDER BY step DESC))[1] AS last_value,
    min(value) FILTER (WHERE value NOT IN ('NaN', 'Infinity', '-Infinity')) AS min_value, max(value) FILTER (WHERE value NOT IN ('NaN', 'Infinity', '-Infinity')) AS max_value, count(*) AS count
  FROM metric_point WHERE train_task_id = (SELECT id FROM train_task WHERE task_id = $1) GROUP BY key ORDER BY key`;

describe('the summaries of a task', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await makeApp();
  });

  afterAll(() => app.close());

  const send = ({ trainer, taskId }: Trained, points: Point[]) => trainer.post(`/train-tasks/${taskId}/progress`, { points });

  it('say what its points say, however reports repeat, overlap, come late and cross', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(aReport, ascending), { minLength: 1, maxLength: 12 }), async (reports) => {
        const task = await submitAndStart(app, app.admin);
        await Promise.all(reports.map((points) => send(task, points)));
        const [told, counted] = await Promise.all([SUMMARIES, FROM_POINTS].map((sql) => app.database.query(sql, [task.taskId])));
        expect(told).toEqual(counted);
        const sent = new Set(reports.flat().map(({ key, step }) => `${key} ${step}`));
        expect(counted.reduce((sum: number, { count }: { count: string }) => sum + Number(count), 0)).toBe(sent.size);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('belong to their tasks when many report in one moment, and a task that has ended fails alone', async () => {
    const tasks = await Promise.all(Array.from({ length: 12 }, () => submitAndStart(app, app.admin)));
    const [ended] = tasks;
    await ended!.trainer.post(`/train-tasks/${ended!.taskId}/finish`, {});
    const statuses = await Promise.all(
      tasks.map(({ trainer, taskId }, index) =>
        trainer
          .call('POST', `/train-tasks/${taskId}/progress`, { points: [{ key: 'loss', step: 1, value: index }] })
          .then(({ status }) => status),
      ),
    );
    expect(statuses).toEqual([409, ...Array<number>(11).fill(200)]);
    const values = await Promise.all(tasks.map(({ taskId }) => app.database.query(SUMMARIES, [taskId])));
    expect(values.map(([row]) => row?.last_value)).toEqual([undefined, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('say what its points say when thousands come at once, some of them again and some late', async () => {
    const tasks = await Promise.all(Array.from({ length: 3 }, () => submitAndStart(app, app.admin)));
    const range = (from: number, count: number): Point[] =>
      Array.from({ length: count }, (_one, index) => ({
        key: 'grad "norm"\\ ø',
        step: from + index,
        value: valueAt(from + index),
        epoch: index % 3 === 0 ? undefined : index / 100,
      }));
    for (const [from, count] of [
      [5000, 3000],
      [9000, 2000],
      [7500, 2000],
      [0, 1200],
      [20_000, 1],
    ] as const) {
      await Promise.all(tasks.flatMap((task, index) => [send(task, range(from + index, count)), send(task, range(from + 30_000, count))]));
    }
    for (const task of tasks) {
      const [told, counted] = await Promise.all([SUMMARIES, FROM_POINTS].map((sql) => app.database.query(sql, [task.taskId])));
      expect(told).toEqual(counted);
      expect(Number(told[0].count)).toBe(14_402);
    }
  }, 60_000);

  it('keep every point as it came, however many come with it', async () => {
    const [few, many] = await Promise.all([submitAndStart(app, app.admin), submitAndStart(app, app.admin)]);
    const at = '2026-03-02T10:00:00.123Z';
    const points = [
      { key: 'é\t"', step: 0, value: -0.5, epoch: 0, at },
      { key: 'é\t"', step: 2 ** 39 + 1, value: 1e-300, at },
      { key: 'x', step: 7, value: '-Infinity', epoch: 1.5, at },
    ].map((point) => ({ ...point, key: point.key.replace('\t', '') }));
    const padding = Array.from({ length: 2000 }, (_one, index) => ({ key: 'padding', step: index, value: index }));
    await few.trainer.post(`/train-tasks/${few.taskId}/progress`, { points });
    await many.trainer.post(`/train-tasks/${many.taskId}/progress`, { points: [...points, ...padding] });
    const stored = ({ taskId }: Trained) =>
      app.database.query(
        `SELECT key, step, value, epoch, at FROM metric_point WHERE train_task_id = (SELECT id FROM train_task WHERE task_id = $1) AND key <> 'padding' ORDER BY key, step`,
        [taskId],
      );
    expect(await stored(many)).toEqual(await stored(few));
    expect(await stored(many)).toHaveLength(3);
  });
});
