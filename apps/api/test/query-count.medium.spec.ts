import { makeApp, type TestApp } from './support/app.js';
import { points, submit, submitAndStart, type Trained } from './support/tasks.js';
import { statementsOf } from './support/statements.js';

/**
 * How many statements an answer takes: few, and the same for one row as for many. Whoever adds one raises the number here knowingly.
 */
describe('the statements behind an answer', () => {
  let app: TestApp;
  let task: Trained;

  beforeAll(async () => {
    app = await makeApp();
    task = await submitAndStart(app, app.admin);
    await task.trainer.post(`/train-tasks/${task.taskId}/progress`, points(100));
    // The first call of a credential notes when it was used.
    await app.admin.get('/auth/me');
  });

  afterAll(() => app.close());

  const count = async (work: () => Promise<unknown>): Promise<number> =>
    (await statementsOf(work)).filter(({ sql }) => !sql.includes('pg_notify')).length;

  it('are one for the caller and one for the page of the list, however many tasks there are', async () => {
    expect(await count(() => app.admin.get('/train-tasks'))).toBe(2);
    for (let made = 0; made < 20; made += 1) await submit(app, app.admin);
    expect(await count(() => app.admin.get('/train-tasks'))).toBe(2);
  });

  it('are two for a task with all that belongs to it', async () => {
    expect(await count(() => app.admin.get(`/train-tasks/${task.taskId}`))).toBe(2);
  });

  it('are three for the curves of a task, however many metrics it has', async () => {
    expect(await count(() => app.admin.get(`/train-tasks/${task.taskId}/metrics`))).toBe(3);
    for (const key of ['lr', 'eval_loss', 'grad_norm']) await task.trainer.post(`/train-tasks/${task.taskId}/progress`, points(10, key));
    expect(await count(() => app.admin.get(`/train-tasks/${task.taskId}/metrics`))).toBe(3);
  });

  it('are one for a report of a trainer that has just reported', async () => {
    const report = (step: number) =>
      task.trainer.post(`/train-tasks/${task.taskId}/progress`, { points: [{ key: 'loss', step, value: 1 }] });
    await report(1000);
    expect(await count(() => report(1001))).toBe(1);
  });

  it('are two for a report that repeats an earlier one', async () => {
    expect(await count(() => task.trainer.post(`/train-tasks/${task.taskId}/progress`, points(10, 'loss')))).toBe(2);
  });

  it('are fewer than the reports when many trainers report at once', async () => {
    const trainers = await Promise.all(Array.from({ length: 30 }, () => submitAndStart(app, app.admin)));
    const report = (step: number) =>
      Promise.all(
        trainers.map(({ trainer, taskId }) =>
          trainer.post(`/train-tasks/${taskId}/progress`, { points: [{ key: 'loss', step, value: 1 }] }),
        ),
      );
    await report(1);
    expect(await count(() => report(2))).toBeLessThan(30);
  });
});
