import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { points, submit, submitAndStart, type Trained } from './support/tasks.js';

let app: TestApp;
let owner: Api;
beforeAll(async () => {
  app = await makeApp();
  owner = await app.member('ines');
});
afterAll(() => app.close());

const trained = async (who: Api, body: object): Promise<Trained> => {
  const task = await submitAndStart(app, who);
  await task.trainer.post(`/train-tasks/${task.taskId}/progress`, body);
  return task;
};
const sparklines = async (who: Api, ...ids: string[]): Promise<{ taskId: string; values: unknown[] }[]> =>
  (await who.get(`/train-tasks/sparklines?ids=${ids.join()}`)).items;

it('draw a curve from its first point to its last, however many it has', async () => {
  const { taskId } = await trained(
    owner,
    points(5000, 'loss', (step) => 5000 - step),
  );
  const [{ values } = { values: [] }] = await sparklines(owner, taskId);
  expect(values).toHaveLength(24);
  expect([values[0], values.at(-1)]).toEqual([4999, 0]);
  expect(values).toEqual([...values].sort((a, b) => Number(b) - Number(a)));
});

it('take the loss whatever the trainer calls it, rather than another metric', async () => {
  const { taskId } = await trained(owner, {
    points: [
      { key: 'lr', step: 1, value: 7 },
      { key: 'train/loss', step: 1, value: 0.5 },
      { key: 'train/loss', step: 2, value: 'NaN' },
    ],
  });
  expect(new Set((await sparklines(owner, taskId))[0]?.values)).toEqual(new Set([0.5, 'NaN']));
});

it('leave out what has no curve and what the caller may not see', async () => {
  const mine = await trained(owner, points(3));
  const foreign = await trained(app.admin, points(3));
  const { taskId: bare } = await submit(app, owner);
  expect((await sparklines(owner, mine.taskId, foreign.taskId, bare)).map(({ taskId }) => taskId)).toEqual([mine.taskId]);
  expect((await sparklines(app.admin, mine.taskId, foreign.taskId)).length).toBe(2);
});

it('are given for at most 100 tasks, and for names that can be tasks', async () => {
  await owner.get('/train-tasks/sparklines', 400);
  await owner.get('/train-tasks/sparklines?ids=yesterday', 400);
  await owner.get(`/train-tasks/sparklines?ids=${Array.from({ length: 101 }, () => '019a0000-0000-7000-8000-000000000000').join()}`, 400);
});
