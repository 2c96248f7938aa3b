import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { aTask, submit, submitAndStart } from './support/tasks.js';

let app: TestApp;
let eve: Api;
const make = async (overrides = {}): Promise<string> => (await eve.post('/train-tasks', aTask(overrides), 201)).taskId;
const eventsOf = async (taskId: string): Promise<string[]> =>
  (await eve.get(`/train-tasks/${taskId}/events`)).items.map(({ type }: { type: string }) => type);
const listed = async (query = ''): Promise<string[]> =>
  (await eve.get(`/train-tasks?limit=100${query}`)).items.map(({ taskId }: { taskId: string }) => taskId);

beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
});
afterAll(() => app.close());

describe('describing a task', () => {
  it('changes name, description and labels, each on its own', async () => {
    const taskId = await make({ description: 'old', tags: ['x'] });
    expect(await eve.patch(`/train-tasks/${taskId}`, { name: ' Ink ' })).toMatchObject({ name: 'Ink', description: 'old', tags: ['x'] });
    expect(await eve.patch(`/train-tasks/${taskId}`, { description: null, tags: ['b', 'a', 'b'] })).toMatchObject({
      name: 'Ink',
      description: null,
      tags: ['b', 'a'],
    });
    expect((await eve.get(`/train-tasks/${taskId}/events`)).items.slice(1)).toMatchObject([
      { type: 'edited', actor: 'eve', why: 'name' },
      { type: 'edited', why: 'description, tags' },
    ]);
  });

  it('without any change leaves no trace', async () => {
    const taskId = await make({ tags: ['x'] });
    await eve.patch(`/train-tasks/${taskId}`, {});
    await eve.patch(`/train-tasks/${taskId}`, { tags: ['x'], description: null });
    expect(await eventsOf(taskId)).toEqual(['created']);
  });

  it.each([
    { name: '' },
    { name: '   ' },
    { tags: [''] },
    { tags: ['a'.repeat(61)] },
    { tags: Array.from({ length: 51 }, (_one, index) => `t${index}`) },
    { status: 'SUCCESS' },
    { createUser: 'ada' },
  ])('refuses %j', async (patch) => {
    const taskId = await make();
    expect(await eve.patch(`/train-tasks/${taskId}`, patch, 400)).toMatchObject({
      code: 'VALIDATION',
      errors: [{ path: Object.keys(patch)[0] }],
    });
  });
});

describe('the trash', () => {
  it('takes a task out of the list and gives it back', async () => {
    const taskId = await make();
    await eve.delete(`/train-tasks/${taskId}`);
    expect(await listed()).not.toContain(taskId);
    expect(await listed('&deleted=only')).toContain(taskId);
    expect(await eve.get(`/train-tasks/${taskId}`)).toMatchObject({ deletedAt: expect.any(String), actions: ['restore'] });
    expect(await eve.post(`/train-tasks/${taskId}/restore`)).toMatchObject({ deletedAt: null, status: 'PENDING' });
    expect(await listed()).toContain(taskId);
    expect(await eventsOf(taskId)).toEqual(['created', 'trashed', 'restored']);
  });

  it('takes and gives back once: the second time is a success without effect', async () => {
    const taskId = await make();
    await eve.delete(`/train-tasks/${taskId}`);
    await eve.delete(`/train-tasks/${taskId}`);
    await eve.post(`/train-tasks/${taskId}/restore`);
    await eve.post(`/train-tasks/${taskId}/restore`);
    expect(await eventsOf(taskId)).toEqual(['created', 'trashed', 'restored']);
  });

  it('does not take a running task', async () => {
    const { taskId } = await submitAndStart(app, eve);
    expect(await eve.delete(`/train-tasks/${taskId}`, 409)).toMatchObject({
      code: 'STATE_CONFLICT',
      taskStatus: 'RUNNING',
      detail: expect.stringContaining('cancel'),
    });
  });

  it('keeps what lies in it from starting or being cancelled', async () => {
    const { taskId } = await submit(app, eve);
    await eve.delete(`/train-tasks/${taskId}`);
    for (const verb of ['start', 'cancel']) {
      expect(await eve.post(`/train-tasks/${taskId}/${verb}`, {}, 409)).toMatchObject({
        code: 'STATE_CONFLICT',
        detail: expect.stringContaining('restore'),
      });
    }
  });

  it('never holds a running task, even when it is started at the same instant', async () => {
    for (let round = 0; round < 15; round += 1) {
      const { taskId } = await submit(app, eve);
      const [start, trash] = await Promise.all([
        eve.call('POST', `/train-tasks/${taskId}/start`, {}),
        eve.call('DELETE', `/train-tasks/${taskId}`),
      ]);
      const { status, deletedAt } = await eve.get(`/train-tasks/${taskId}`);
      expect([start.status, trash.status, status, deletedAt === null]).toEqual(
        start.status === 200 ? [200, 409, 'RUNNING', true] : [409, 204, 'PENDING', false],
      );
    }
  });
});

describe('cancelling', () => {
  it('takes a request without a body that calls itself JSON, as many clients send it', async () => {
    const taskId = await make();
    const { body } = await eve.call('POST', `/train-tasks/${taskId}/cancel`, undefined, 200, { 'Content-Type': 'application/json' });
    expect(body.status).toBe('CANCELLED');
  });

  it('ends a task that waits, and one that runs', async () => {
    const waiting = await submit(app, eve);
    expect(await eve.post(`/train-tasks/${waiting.taskId}/cancel`)).toMatchObject({
      status: 'CANCELLED',
      gpuSeconds: 0,
      actions: ['clone', 'retry', 'trash'],
    });
    const running = await submitAndStart(app, eve);
    await running.trainer.post(`/train-tasks/${running.taskId}/progress`, { step: 1, loss: 0.5 });
    expect(await eve.post(`/train-tasks/${running.taskId}/cancel`)).toMatchObject({ status: 'CANCELLED', finalLoss: 0.5 });
  });
});
