import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { aTask, submit, submitAndStart } from './support/tasks.js';

let app: TestApp;
let eve: Api;
const make = (overrides = {}) => eve.post('/train-tasks', aTask(overrides), 201);
const failed = async (overrides = {}) => {
  const task = await submitAndStart(app, eve, overrides);
  await task.trainer.post(`/train-tasks/${task.taskId}/fail`, { error: 'no' });
  return eve.get(`/train-tasks/${task.taskId}`);
};

beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
});
afterAll(() => app.close());

describe('a clone', () => {
  it('without changes is the same experiment in a family of its own', async () => {
    const original = await make({
      name: 'Ink',
      tags: ['a'],
      description: 'd',
      epochs: null,
      maxSteps: 100,
      seed: 7,
      incremental: true,
      resumeFrom: 'w.safetensors',
      extraParams: { x: 1 },
    });
    const clone = await eve.post(`/train-tasks/${original.taskId}/clone`, undefined, 201);
    expect(clone).toMatchObject({
      clonedFrom: original.taskId,
      familyId: clone.taskId,
      attempt: 1,
      status: 'PENDING',
      fingerprint: original.fingerprint,
      name: 'Ink',
      tags: ['a'],
      maxSteps: 100,
      resumeFrom: 'w.safetensors',
    });
    expect((await eve.get(`/train-tasks/${original.taskId}`)).clones).toMatchObject([{ taskId: clone.taskId }]);
    expect((await eve.get(`/train-tasks/${clone.taskId}/events`)).items).toMatchObject([{ type: 'cloned', actor: 'eve' }]);
  });

  it('changes what is overridden and keeps the rest, key by key inside the extra parameters', async () => {
    const { taskId } = await make({ seed: 7, extraParams: { optimizer: 'adamw', dropout: 0.1, conv_dim: 4 } });
    const clone = await eve.post(
      `/train-tasks/${taskId}/clone`,
      { overrides: { loraRank: 32, seed: null, extraParams: { dropout: 0.2, conv_dim: null } }, note: 'twice the rank' },
      201,
    );
    expect(clone).toMatchObject({
      loraRank: 32,
      seed: null,
      learningRate: 1e-4,
      extraParams: { optimizer: 'adamw', dropout: 0.2 },
      note: 'twice the rank',
    });
  });

  it('loses all extra parameters when they are taken away as a whole', async () => {
    const { taskId } = await make({ extraParams: { a: 1 } });
    expect((await eve.post(`/train-tasks/${taskId}/clone`, { overrides: { extraParams: null } }, 201)).extraParams).toEqual({});
  });

  it('is checked as a submission is', async () => {
    const { taskId } = await make();
    const clone = (overrides: unknown, status: number) => eve.post(`/train-tasks/${taskId}/clone`, { overrides }, status);
    expect(await clone({ loraRank: 0 }, 400)).toMatchObject({ errors: [{ path: 'loraRank' }] });
    expect(await clone({ rank: 8 }, 400)).toMatchObject({ errors: [{ path: 'rank', rule: 'unknown' }] });
    expect(await clone({ loraRank: null }, 400)).toMatchObject({ errors: [{ path: 'loraRank' }] });
    expect(await clone({ epochs: null }, 400)).toMatchObject({ errors: [{ path: 'epochs', rule: 'epochsOrSteps' }] });
    expect(await clone({ extraParams: 'adamw' }, 400)).toMatchObject({ errors: [{ path: 'overrides.extraParams' }] });
    expect(await clone({ extraParams: ['adamw'] }, 400)).toMatchObject({ errors: [{ path: 'overrides.extraParams' }] });
    expect(await clone([], 400)).toMatchObject({ errors: [{ path: 'overrides' }] });
    expect(await clone({ extraParams: { hf_token: 'sesame' } }, 422)).toMatchObject({ code: 'SECRET_IN_CONFIG' });
    expect(await clone({ createUser: 'ada' }, 403)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('belongs to who makes it', async () => {
    const { taskId } = await make();
    expect((await app.admin.post(`/train-tasks/${taskId}/clone`, {}, 201)).createUser).toBe('ada');
    expect((await app.admin.post(`/train-tasks/${taskId}/clone`, { overrides: { createUser: 'eve' } }, 201)).createUser).toBe('eve');
  });

  it('can be made from the draft a form is filled with', async () => {
    const original = await make({ extraParams: { x: [1, 2] }, modelPath: 'm.safetensors' });
    const draft = await eve.get(`/train-tasks/${original.taskId}/clone-draft`);
    expect((await eve.post('/train-tasks', draft, 201)).fingerprint).toBe(original.fingerprint);
  });
});

describe('a retry', () => {
  it('is the next attempt of the same family, with the same configuration and owner', async () => {
    const original = await failed({ tags: ['a'], extraParams: { x: 1 } });
    const second = await app.admin.post(`/train-tasks/${original.taskId}/retry`, undefined, 201);
    expect(second).toMatchObject({
      attempt: 2,
      familyId: original.familyId,
      fingerprint: original.fingerprint,
      createUser: 'eve',
      status: 'PENDING',
      tags: ['a'],
      clonedFrom: null,
    });
    await eve.post(`/train-tasks/${second.taskId}/cancel`);
    const third = await eve.post(`/train-tasks/${second.taskId}/retry`, undefined, 201);
    expect(third).toMatchObject({ attempt: 3, familyId: original.familyId });
    expect(third.family.map(({ attempt, status }: { attempt: number; status: string }) => [attempt, status])).toEqual([
      [1, 'FAILED'],
      [2, 'CANCELLED'],
      [3, 'PENDING'],
    ]);
    expect((await eve.get(`/train-tasks/${original.taskId}`)).status).toBe('FAILED');
  });

  it('counts on from the newest attempt, whichever is retried', async () => {
    const original = await failed();
    const attempts = [
      await eve.post(`/train-tasks/${original.taskId}/retry`, undefined, 201),
      await eve.post(`/train-tasks/${original.taskId}/retry`, undefined, 201),
    ];
    expect(attempts.map(({ attempt }) => attempt)).toEqual([2, 3]);
  });

  it('never gives two tasks the same number, however many press it at once', async () => {
    const original = await failed();
    const answers = await Promise.all(Array.from({ length: 6 }, () => eve.call('POST', `/train-tasks/${original.taskId}/retry`)));
    const made = answers
      .filter(({ status }) => status === 201)
      .map(({ body }) => body.attempt)
      .sort();
    expect(made).toEqual(made.map((_one, index) => index + 2));
    expect(made.length).toBeGreaterThan(0);
    for (const { status, body } of answers)
      if (status !== 201)
        expect(body).toMatchObject({ status: 409, code: 'STATE_CONFLICT', detail: expect.stringContaining('newest attempt') });
  });

  it('is for what has failed or was cancelled only', async () => {
    const pending = await submit(app, eve);
    expect(await eve.post(`/train-tasks/${pending.taskId}/retry`, undefined, 409)).toMatchObject({ taskStatus: 'PENDING' });
    const running = await submitAndStart(app, eve);
    expect(await eve.post(`/train-tasks/${running.taskId}/retry`, undefined, 409)).toMatchObject({ taskStatus: 'RUNNING' });
    await running.trainer.post(`/train-tasks/${running.taskId}/finish`, {});
    expect(await eve.post(`/train-tasks/${running.taskId}/retry`, undefined, 409)).toMatchObject({
      taskStatus: 'SUCCESS',
      detail: expect.stringContaining('clone'),
    });
  });
});

it('nothing is made out of the trash', async () => {
  const { taskId } = await failed();
  await eve.delete(`/train-tasks/${taskId}`);
  for (const verb of ['retry', 'clone']) {
    expect(await eve.post(`/train-tasks/${taskId}/${verb}`, undefined, 409)).toMatchObject({
      code: 'STATE_CONFLICT',
      detail: expect.stringContaining('restore'),
    });
  }
});
