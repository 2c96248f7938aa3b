import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { exitReport, FILE, historyOf } from './support/reports.js';
import { aTask, points, rowsOf, submit, submitAndStart } from './support/tasks.js';

let app: TestApp;
let eve: Api;
const read = (taskId: string) => eve.get(`/train-tasks/${taskId}`);

beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
});
afterAll(() => app.close());

describe('a training that goes well', () => {
  it('is submitted, started, followed, finished, and leaves a complete record', async () => {
    const { taskId, trainer } = await submit(app, eve, {
      name: 'Ink',
      note: 'first try',
      tags: ['style', 'style'],
      extraParams: { optimizer: 'adamw8bit' },
    });
    expect(await read(taskId)).toMatchObject({
      status: 'PENDING',
      name: 'Ink',
      note: 'first try',
      tags: ['style'],
      loraAlpha: 16,
      attempt: 1,
      familyId: taskId,
      createUser: 'eve',
      startTime: null,
      actions: ['clone', 'cancel', 'trash'],
    });

    expect(
      await trainer.post(`/train-tasks/${taskId}/start`, { host: 'gpu-1', gpu: 'A100', pid: 4711, totalSteps: 50, env: { torch: '2.9' } }),
    ).toEqual({ status: 'RUNNING', changed: true });
    expect(await trainer.post(`/train-tasks/${taskId}/progress`, points(40))).toEqual({ accepted: 40 });
    expect(await read(taskId)).toMatchObject({
      status: 'RUNNING',
      currentStep: 40,
      totalSteps: 50,
      progress: 0.8,
      finalLoss: 1 / 40,
      host: 'gpu-1',
      gpu: 'A100',
      stalled: false,
      actions: ['clone', 'cancel'],
      environment: { torch: '2.9' },
    });

    expect(await trainer.post(`/train-tasks/${taskId}/heartbeat`, {})).toEqual({ cancelRequested: false });
    expect(await trainer.post(`/train-tasks/${taskId}/log`, { offset: 0, text: 'epoch 1\n' })).toEqual({ size: 8 });
    expect(
      await trainer.post(`/train-tasks/${taskId}/finish`, {
        output: 'out/ink.safetensors',
        metrics: { eval_loss: 0.2, remark: 'good', broken: 'NaN' },
        gpuSeconds: 12.5,
      }),
    ).toEqual({ status: 'SUCCESS', changed: true });
    expect(await trainer.post(`/train-tasks/${taskId}/exit`, exitReport({ outputFiles: [FILE, FILE] }))).toEqual({
      status: 'SUCCESS',
      changed: false,
    });

    const task = await read(taskId);
    expect(task).toMatchObject({
      status: 'SUCCESS',
      progress: 1,
      finalLoss: 1 / 40,
      bestLoss: 1 / 40,
      output: 'out/ink.safetensors',
      gpuSeconds: 12.5,
      exitCode: 0,
      logSize: 8,
      outputFiles: [FILE],
      actions: ['clone', 'trash'],
    });
    expect(Date.parse(task.endTime)).toBeGreaterThanOrEqual(Date.parse(task.startTime));
    expect(task.metrics).toEqual([
      { key: 'broken', last: 'NaN', min: null, max: null, count: 1, lastStep: 40 },
      { key: 'eval_loss', last: 0.2, min: 0.2, max: 0.2, count: 1, lastStep: 40 },
      { key: 'loss', last: 1 / 40, min: 1 / 40, max: 1, count: 40, lastStep: 40 },
    ]);
    expect(await historyOf(eve, taskId)).toEqual([
      'created eve - -',
      'started trainer PENDING RUNNING',
      'finished trainer RUNNING SUCCESS',
    ]);
  });

  it('can be reported with nothing but a token and three plain requests', async () => {
    const { taskId, trainer } = await submit(app, eve);
    await trainer.call('POST', `/train-tasks/${taskId}/start`, undefined, 200);
    await trainer.post(`/train-tasks/${taskId}/progress`, { epoch: 1, step: 10, loss: 0.5, lr: 1e-4 });
    await trainer.post(`/train-tasks/${taskId}/finish`, { output: 'a.safetensors' });
    expect(await read(taskId)).toMatchObject({ status: 'SUCCESS', currentStep: 10, currentEpoch: 1, finalLoss: 0.5 });
  });

  it('keeps NaN where the curve has it, and no NaN in the numbers', async () => {
    const { taskId, trainer } = await submitAndStart(app, eve);
    await trainer.post(`/train-tasks/${taskId}/progress`, {
      points: [
        { key: 'loss', step: 1, value: 0.5 },
        { key: 'loss', step: 2, value: 'NaN' },
        { key: 'loss', step: 3, value: 'Infinity' },
      ],
    });
    await trainer.post(`/train-tasks/${taskId}/fail`, { error: 'loss became nan' });
    expect(await read(taskId)).toMatchObject({ status: 'FAILED', failureReason: 'NAN_LOSS', finalLoss: null, bestLoss: 0.5 });
    const { series } = await eve.get(`/train-tasks/${taskId}/metrics?keys=loss`);
    expect(series).toMatchObject([{ key: 'loss', steps: [1, 2, 3], values: [0.5, 'NaN', 'Infinity'], total: 3 }]);
  });
});

describe('what goes wrong in a training', () => {
  it.each([
    ['torch.cuda.OutOfMemoryError: CUDA out of memory', 'OOM'],
    ['FileNotFoundError: no such dataset ./art', 'DATA'],
    ['unrecognized arguments: --lr', 'CONFIG'],
    ['it broke', 'UNKNOWN'],
  ])('is classified from its own words: %s', async (error, failureReason) => {
    const { taskId, trainer } = await submitAndStart(app, eve);
    await trainer.post(`/train-tasks/${taskId}/fail`, { error });
    expect(await read(taskId)).toMatchObject({
      status: 'FAILED',
      failureReason,
      errorMessage: error,
      actions: ['clone', 'retry', 'trash'],
    });
  });

  it('may say its reason itself, an empty error included', async () => {
    const { taskId, trainer } = await submitAndStart(app, eve);
    await trainer.post(`/train-tasks/${taskId}/fail`, { error: '', reason: 'LAUNCH' });
    expect(await read(taskId)).toMatchObject({
      status: 'FAILED',
      failureReason: 'LAUNCH',
      errorMessage: 'The trainer failed and did not say why.',
    });
  });

  it('is kept without the credentials in it', async () => {
    const { taskId, trainer } = await submit(app, eve);
    await trainer.post(`/train-tasks/${taskId}/start`, {
      env: { HF_TOKEN: 'abc', url: 'http://a:8080', mail: 'x@example.org', argv: ['--api_key=sesame-open-up'] },
    });
    await trainer.post(`/train-tasks/${taskId}/fail`, { error: 'login with hf_abcdefghijklmnopqrstuvwxyz failed\0' });
    const task = await read(taskId);
    expect(task.environment).toMatchObject({ HF_TOKEN: '********', url: 'http://a:8080', mail: 'x@example.org' });
    expect(JSON.stringify(task)).not.toMatch(/hf_abc|sesame/);
    expect(task.errorMessage).toMatch(/^login with \*+ failed\ufffd$/);
  });
});

it('keeps its history for good: the database refuses to change or remove a line', async () => {
  await submit(app, eve);
  for (const sql of [`UPDATE task_event SET actor = 'nobody'`, 'DELETE FROM task_event', 'TRUNCATE task_event']) {
    await expect(rowsOf(app.database, sql)).rejects.toThrow('append-only');
  }
});

it('lets one of two win who cancel and finish at the same instant, and tells the other', async () => {
  for (let round = 0; round < 25; round += 1) {
    const { taskId, trainer } = await submitAndStart(app, eve);
    const answers = await Promise.all([
      eve.call('POST', `/train-tasks/${taskId}/cancel`),
      trainer.call('POST', `/train-tasks/${taskId}/finish`, {}),
      trainer.call('POST', `/train-tasks/${taskId}/fail`, { error: 'x' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect((await read(taskId)).status).toBe(['CANCELLED', 'SUCCESS', 'FAILED'][winner]);
    expect((await historyOf(eve, taskId)).filter((line) => line.includes('RUNNING '))).toHaveLength(1);
    for (const [index, { body }] of answers.entries())
      if (index !== winner) expect(body).toMatchObject({ code: 'STATE_CONFLICT', taskStatus: ['CANCELLED', 'SUCCESS', 'FAILED'][winner] });
  }
});

it('refuses everything but the configuration it was made for: a task is never changed after the fact', async () => {
  const { taskId } = await submit(app, eve);
  const { errors } = await eve.patch(`/train-tasks/${taskId}`, { loraRank: 64 }, 400);
  expect(errors).toMatchObject([{ path: 'loraRank', rule: 'unknown' }]);
  expect((await read(taskId)).loraRank).toBe(aTask()['loraRank']);
});
