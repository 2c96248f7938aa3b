import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { aTask, submitAndStart, points } from './support/tasks.js';

let app: TestApp;
let owner: Api;
let reader: Api;
let stranger: Api;
let taskId: string;
beforeAll(async () => {
  app = await makeApp();
  [owner, reader, stranger] = [await app.member('owner'), await app.member('reader'), await app.member('stranger')];
});
beforeEach(async () => {
  await app.database.query('DELETE FROM task_share');
  const task = await submitAndStart(app, owner, { name: 'the beautiful style', loraRank: 24, tags: ['style'] });
  await task.trainer.post(`/train-tasks/${task.taskId}/progress`, points(5));
  taskId = task.taskId;
});
afterAll(() => app.close());

const shareWith = (people: object) => owner.call('PUT', `/train-tasks/${taskId}/shares`, people, 200);
const idsOf = async (api: Api, query: string): Promise<string[]> =>
  (await api.get(`/train-tasks?limit=100&${query}`)).items.map((task: { taskId: string }) => task.taskId);

it('lets a named colleague read everything about the task, and see whose it is', async () => {
  await reader.get(`/train-tasks/${taskId}`, 404);
  await shareWith({ everyone: false, usernames: ['reader'] });
  expect(await reader.get(`/train-tasks/${taskId}`)).toMatchObject({ createUser: 'owner', loraRank: 24, actions: ['clone'] });
  for (const part of ['log', 'events', 'metrics', 'clone-draft']) await reader.get(`/train-tasks/${taskId}/${part}`);
  await stranger.get(`/train-tasks/${taskId}`, 404);
});

it('lets them change nothing, and not share it on', async () => {
  await shareWith({ everyone: false, usernames: ['reader'] });
  await reader.patch(`/train-tasks/${taskId}`, { name: 'mine now' }, 403);
  await reader.delete(`/train-tasks/${taskId}`, 403);
  for (const verb of ['cancel', 'retry', 'restore', 'start', 'finish', 'heartbeat'])
    await reader.post(`/train-tasks/${taskId}/${verb}`, {}, 403);
  await reader.get(`/train-tasks/${taskId}/shares`, 403);
  await reader.call('PUT', `/train-tasks/${taskId}/shares`, { everyone: true, usernames: [] }, 403);
  const { done } = await reader.post('/train-tasks/bulk', { action: 'cancel', taskIds: [taskId] });
  expect(done).toBe(0);
  expect(await owner.get(`/train-tasks/${taskId}`)).toMatchObject({ name: 'the beautiful style', status: 'RUNNING' });
});

it('lets them clone it: the copy is theirs, the rights are not copied', async () => {
  await shareWith({ everyone: true, usernames: [] });
  const copy = await reader.post(`/train-tasks/${taskId}/clone`, { overrides: { loraRank: 48 } }, 201);
  expect(copy).toMatchObject({ createUser: 'reader', clonedFrom: taskId, loraRank: 48, status: 'PENDING' });
  await stranger.get(`/train-tasks/${copy.taskId}`, 404);
  await owner.get(`/train-tasks/${copy.taskId}`, 404);
  expect((await owner.get(`/train-tasks/${taskId}`)).clones).toEqual([]);
  expect(await reader.get(`/train-tasks/${copy.taskId}/shares`)).toEqual({ everyone: false, people: [] });
});

it("keeps other people's tasks out of the own list, and shows them where they are asked for", async () => {
  await shareWith({ everyone: false, usernames: ['reader'] });
  const { taskId: own } = await reader.post('/train-tasks', aTask(), 201);
  expect(await idsOf(reader, '')).not.toContain(taskId);
  expect(await idsOf(reader, 'scope=mine')).not.toContain(taskId);
  expect(await idsOf(reader, 'scope=shared')).toEqual([taskId]);
  expect(await idsOf(reader, 'scope=all')).toEqual(expect.arrayContaining([own, taskId]));
  expect(await idsOf(owner, 'scope=shared')).toEqual([]);
  expect(await idsOf(stranger, 'scope=all')).toEqual([]);
  await reader.get('/train-tasks?scope=everything', 400);
});

it('can be taken back, at once and from everybody', async () => {
  await shareWith({ everyone: true, usernames: ['reader', 'stranger'] });
  await shareWith({ everyone: false, usernames: ['stranger'] });
  await reader.get(`/train-tasks/${taskId}`, 404);
  await stranger.get(`/train-tasks/${taskId}`);
  await owner.delete(`/train-tasks/${taskId}/shares`);
  await stranger.get(`/train-tasks/${taskId}`, 404);
  expect(await owner.get(`/train-tasks/${taskId}/shares`)).toEqual({ everyone: false, people: [] });
});

it('ends in the trash and for people who are deleted', async () => {
  await app.member('leaver');
  await shareWith({ everyone: true, usernames: ['leaver'] });
  await owner.post(`/train-tasks/${taskId}/cancel`);
  await owner.delete(`/train-tasks/${taskId}`);
  await reader.get(`/train-tasks/${taskId}`, 404);
  expect(await idsOf(reader, 'scope=all&deleted=only')).toEqual([]);
  await owner.post(`/train-tasks/${taskId}/restore`);
  await reader.get(`/train-tasks/${taskId}`);
  const leaver = (await app.admin.get('/users')).items.find(({ username }: { username: string }) => username === 'leaver');
  await app.admin.delete(`/users/${leaver.id}`);
  expect(await owner.get(`/train-tasks/${taskId}/shares`)).toEqual({ everyone: true, people: [] });
});

it('names whom it cannot share with, and shares with nobody then', async () => {
  const { errors } = await owner
    .call('PUT', `/train-tasks/${taskId}/shares`, { everyone: true, usernames: ['reader', 'ghost'] }, 400)
    .then(({ body }) => body);
  expect(errors[0]).toMatchObject({ path: 'usernames', message: expect.stringContaining('ghost') });
  expect(await owner.get(`/train-tasks/${taskId}/shares`)).toEqual({ everyone: false, people: [] });
});

it('is told in the audit log: who shared what with whom, and when it was taken back', async () => {
  await shareWith({ everyone: false, usernames: ['reader', 'owner', 'READER'] });
  await shareWith({ everyone: false, usernames: ['reader'] });
  await owner.delete(`/train-tasks/${taskId}/shares`);
  const { items } = await app.admin.get(`/audit-log?subject=${taskId}&action=task.shared`);
  expect(items.map(({ actor, changes }: { actor: string; changes: object }) => ({ actor, changes }))).toEqual([
    { actor: 'owner', changes: { people: { from: ['reader'], to: [] } } },
    { actor: 'owner', changes: { people: { from: [], to: ['reader'] } } },
  ]);
});

it('finds people by part of their name, without telling more about them', async () => {
  expect(await reader.get('/people?q=TRANG')).toEqual({ items: [{ username: 'stranger', displayName: null }] });
  expect(await reader.get('/people?q=%25')).toEqual({ items: [] });
  await reader.get('/people', 400);
});
