import { makeApp, type TestApp } from './support/app.js';
import { submitAndStart, type Trained } from './support/tasks.js';

const LENGTH = 40_000;
const LOWEST = 17_321;
const HIGHEST = 33_333;
const NOT_A_NUMBER = 21_987;

describe('a curve that is too long to be read whole', () => {
  let app: TestApp;
  let task: Trained;

  beforeAll(async () => {
    app = await makeApp();
    task = await submitAndStart(app, app.admin);
    await fill(1, LENGTH);
  });

  afterAll(() => app.close());

  /** Straight into the tables, as so many reports would have done. */
  async function fill(from: number, to: number): Promise<void> {
    await app.database.query(
      `WITH added AS (
         INSERT INTO metric_point (train_task_id, key, step, value, epoch, at)
         SELECT t.id, 'loss', s, CASE s WHEN ${LOWEST} THEN -5 WHEN ${HIGHEST} THEN 99 WHEN ${NOT_A_NUMBER} THEN 'NaN' ELSE 1 + sin(s) END, s / 1000.0, now()
         FROM train_task t, generate_series($2::int, $3::int) s WHERE t.task_id = $1 RETURNING train_task_id, step, value)
       INSERT INTO metric_summary (train_task_id, key, first_step, first_value, last_step, last_value, min_value, max_value, count)
       SELECT train_task_id, 'loss', min(step), 1, max(step), 1, -5, 99, count(*) FROM added GROUP BY 1
       ON CONFLICT (train_task_id, key) DO UPDATE SET last_step = excluded.last_step, count = metric_summary.count + excluded.count`,
      [task.taskId, from, to],
    );
  }

  const read = async (query = '') => (await app.admin.get(`/train-tasks/${task.taskId}/metrics?keys=loss${query}`)).series[0];

  it('keeps its extremes, its NaN, its first and its last point', async () => {
    const { steps, values, total } = await read();
    expect(total).toBe(LENGTH);
    expect(steps.length).toBeLessThanOrEqual(1010);
    expect(steps.length).toBeGreaterThan(500);
    expect([steps[0], steps.at(-1)]).toEqual([1, LENGTH]);
    expect(values[steps.indexOf(LOWEST)]).toBe(-5);
    expect(values[steps.indexOf(HIGHEST)]).toBe(99);
    expect(values[steps.indexOf(NOT_A_NUMBER)]).toBe('NaN');
  });

  it('gives its points in the order of steps, each once', async () => {
    const { steps } = await read();
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => (a as number) - (b as number)));
  });

  it('counts exactly the points of the part that is asked for', async () => {
    const { steps, total } = await read('&from=10001&to=35000&maxPoints=100');
    expect(total).toBe(25_000);
    expect([steps[0], steps.at(-1)]).toEqual([10_001, 35_000]);
    expect(steps).toEqual(expect.arrayContaining([LOWEST, NOT_A_NUMBER, HIGHEST]));
  });

  it('shows every point of a part that has few', async () => {
    const { steps, total } = await read('&from=20000&to=20099');
    expect(total).toBe(100);
    expect(steps).toHaveLength(100);
  });

  it('shows points that were added since it was last looked at', async () => {
    await read();
    await fill(LENGTH + 1, LENGTH + 3000);
    const { steps, total } = await read();
    expect([total, steps.at(-1)]).toEqual([LENGTH + 3000, LENGTH + 3000]);
  });

  it('shows a point that came late, in a part that was thinned already', async () => {
    await task.trainer.post(`/train-tasks/${task.taskId}/progress`, { points: [{ key: 'loss', step: 200_000, value: 1 }] });
    await read();
    await task.trainer.post(`/train-tasks/${task.taskId}/progress`, { points: [{ key: 'loss', step: 100_000, value: 1234 }] });
    const { steps, values } = await read();
    expect(values[steps.indexOf(100_000)]).toBe(1234);
  });

  it('stands beside short ones of the same name and of others, each with its own points', async () => {
    const other = await submitAndStart(app, app.admin);
    await other.trainer.post(`/train-tasks/${other.taskId}/progress`, {
      points: [3, 1, 2].flatMap((step) => [
        { key: 'loss', step, value: step / 10 },
        { key: 'lr', step, value: step },
      ]),
    });
    await task.trainer.post(`/train-tasks/${task.taskId}/progress`, { points: [{ key: 'lr', step: 7, value: 0.5 }] });
    const { curves } = await app.admin.get(`/train-tasks/compare?ids=${other.taskId},${task.taskId}&keys=loss&keys=lr`);
    expect(curves.map(({ taskId }: { taskId: string }) => taskId)).toEqual([other.taskId, task.taskId]);
    expect(curves[0].series).toMatchObject([
      { key: 'loss', steps: [1, 2, 3], values: [0.1, 0.2, 0.3], total: 3 },
      { key: 'lr', steps: [1, 2, 3], total: 3 },
    ]);
    const [loss, rate] = curves[1].series;
    expect([loss.key, loss.total > LENGTH, loss.values[loss.steps.indexOf(HIGHEST)]]).toEqual(['loss', true, 99]);
    expect(rate).toMatchObject({ key: 'lr', steps: [7], values: [0.5], total: 1 });
  });

  it('does not keep many short ones from being read, a batch after the other', async () => {
    const KEYS = 10;
    const EACH = 16_000;
    await app.database.query(
      `WITH added AS (
         INSERT INTO metric_point (train_task_id, key, step, value, epoch, at)
         SELECT t.id, 'curve ' || k, s, k, NULL, now() FROM train_task t, generate_series(1, $2::int) k, generate_series(1, $3::int) s WHERE t.task_id = $1 RETURNING train_task_id, key, step, value)
       INSERT INTO metric_summary (train_task_id, key, first_step, first_value, last_step, last_value, min_value, max_value, count)
       SELECT train_task_id, key, 1, 0, max(step), 0, 0, 0, count(*) FROM added GROUP BY 1, 2`,
      [task.taskId, KEYS, EACH],
    );
    const names = Array.from({ length: KEYS }, (_none, index) => `curve ${index + 1}`);
    const { series } = await app.admin.get(
      `/train-tasks/${task.taskId}/metrics?${names.map((name) => `keys=${encodeURIComponent(name)}`).join('&')}&maxPoints=10`,
    );
    expect(series.map(({ key, total, values }: { key: string; total: number; values: number[] }) => [key, total, values[0]])).toEqual(
      names.map((name, index) => [name, EACH, index + 1]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  });
});
