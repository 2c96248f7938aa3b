import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { session, share, someTask, someUser, type SomeUser } from './support/callers.js';
import { points, submitAndStart } from './support/tasks.js';

let app: TestApp;
let owner: SomeUser;
let api: Api;
beforeAll(async () => {
  app = await makeApp();
});
beforeEach(async () => {
  owner = await someUser(app);
  api = app.anonymous.with((await session(app, owner)).accessToken);
});
afterAll(() => app.close());

it('offers each value in use once, the most frequent first', async () => {
  for (const tags of [['rare', 'common'], ['common'], ['common', 'also'], ['also']])
    await someTask(app, owner, {
      tags,
      model_name: tags.length > 1 ? 'flux' : 'sd15',
      trainer: 'kohya',
      host: 'gpu-1',
      gpu: tags.length > 1 ? 'RTX 4090' : 'A100',
      extra_params: { optimizer: 'lion', [tags[0]!]: 1 },
    });
  await someTask(app, owner, { model_name: 'flux' });
  expect(await api.get('/train-tasks/facets')).toEqual({
    modelNames: ['flux', 'sd15'],
    trainers: ['kohya', 'demo'],
    tags: ['common', 'also', 'rare'],
    users: [owner.username],
    hosts: ['gpu-1'],
    gpus: ['A100', 'RTX 4090'],
    extraKeys: ['optimizer', 'common', 'also', 'rare'],
    metricKeys: [],
  });
});

it('offers the metrics that were reported', async () => {
  const { taskId, trainer } = await submitAndStart(app, api);
  for (const key of ['loss', 'lr']) await trainer.post(`/train-tasks/${taskId}/progress`, points(3, key));
  expect((await api.get('/train-tasks/facets')).metricKeys).toEqual(['loss', 'lr']);
});

it("tells nothing of what the caller's lists do not show", async () => {
  const stranger = await someUser(app);
  const hidden = { tags: ['hidden'], model_name: 'hidden', trainer: 'hidden', host: 'hidden', gpu: 'hidden', extra_params: { hidden: 1 } };
  await someTask(app, stranger, hidden);
  await share(app, await someTask(app, stranger, hidden), stranger, owner);
  await someTask(app, owner, { ...hidden, deleted_at: new Date() });
  await someTask(app, owner);
  expect(JSON.stringify(await api.get('/train-tasks/facets'))).not.toContain('hidden');
  const all = await app.admin.get('/train-tasks/facets');
  expect(all.tags).toContain('hidden');
  expect(all.users).toEqual(expect.arrayContaining([owner.username, stranger.username]));
});

it('is empty, not broken, where there is nothing yet', async () => {
  expect(Object.values(await api.get('/train-tasks/facets'))).toEqual([[], [], [], [], [], [], [], []]);
});
