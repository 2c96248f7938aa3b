import type { TestApp } from './support/app.js';
import { makeApp } from './support/app.js';
import type { Api } from './support/api.js';
import { aTask, points, rowsOf, submit, submitAndStart } from './support/tasks.js';

let app: TestApp;
let eve: Api;
const read = (taskId: string) => eve.get(`/train-tasks/${taskId}`);
const historyOf = async (taskId: string): Promise<string[]> =>
  (await eve.get(`/train-tasks/${taskId}/events`)).items.map(({ type, actor, from, to }: Record<string, string | null>) =>
    [type, actor, from ?? '-', to ?? '-'].join(' '),
  );
const exitReport = (more: object = {}) => ({ exitCode: 0, hasFreshOutput: true, lastLines: '', outputFiles: [], ...more });
const FILE = { path: 'art.safetensors', size: 1000, sha256: 'a'.repeat(64) };

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
    expect(await historyOf(taskId)).toEqual(['created eve - -', 'started trainer PENDING RUNNING', 'finished trainer RUNNING SUCCESS']);
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

describe('a report that is sent twice', () => {
  it('takes effect once, and the second is a success without effect', async () => {
    const { taskId, trainer } = await submitAndStart(app, eve);
    const send = (verb: string, body: object) => trainer.post(`/train-tasks/${taskId}/${verb}`, body);
    expect(await send('start', { host: 'gpu-9', gpu: 'H100' })).toEqual({ status: 'RUNNING', changed: false });
    expect(await read(taskId)).toMatchObject({ host: 'gpu-1', gpu: 'H100', totalSteps: 100 });
    await send('progress', points(5));
    await send('progress', {
      points: [
        { key: 'loss', step: 5, value: 99 },
        { key: 'loss', step: 5, value: 98 },
      ],
    });
    expect(await send('finish', { metrics: { loss: 0.1 } })).toEqual({ status: 'SUCCESS', changed: true });
    const before = await read(taskId);
    expect(await send('finish', { output: 'other', metrics: { loss: 0.7, eval: 1 } })).toEqual({ status: 'SUCCESS', changed: false });
    expect(await read(taskId)).toEqual(before);
    expect(before.metrics).toEqual([{ key: 'loss', last: 0.2, min: 0.2, max: 1, count: 5, lastStep: 5 }]);
    expect(await historyOf(taskId)).toHaveLength(3);
  });

  it('keeps the first error of two', async () => {
    const { taskId, trainer } = await submitAndStart(app, eve);
    expect(await trainer.post(`/train-tasks/${taskId}/fail`, { error: 'CUDA out of memory' })).toEqual({ status: 'FAILED', changed: true });
    expect(await trainer.post(`/train-tasks/${taskId}/fail`, { error: 'something else' })).toEqual({ status: 'FAILED', changed: false });
    expect(await read(taskId)).toMatchObject({ failureReason: 'OOM', errorMessage: 'CUDA out of memory' });
  });
});

describe('a report in the wrong order', () => {
  const REPORTS: Record<string, object> = {
    start: {},
    progress: points(1),
    heartbeat: {},
    log: { offset: 0, text: 'x' },
    finish: {},
    fail: { error: 'no' },
    cancel: {},
  };
  const ENDINGS = ['finish', 'fail', 'cancel'] as const;
  const endWith = async (ending: (typeof ENDINGS)[number]) => {
    const task = await submitAndStart(app, eve);
    await eve.post(`/train-tasks/${task.taskId}/${ending}`, REPORTS[ending]);
    return task;
  };

  it.each(['progress', 'heartbeat', 'log', 'finish', 'fail'])('is told that the task has not started: %s', async (verb) => {
    const { taskId, trainer } = await submit(app, eve);
    const before = await read(taskId);
    expect(await trainer.post(`/train-tasks/${taskId}/${verb}`, REPORTS[verb], 409)).toMatchObject({
      code: 'STATE_CONFLICT',
      taskStatus: 'PENDING',
      detail: expect.stringContaining('Send "start" first'),
    });
    expect(await read(taskId)).toEqual(before);
  });

  it.each(
    ENDINGS.flatMap((ending) =>
      ['start', 'progress', ...ENDINGS].filter((verb) => verb !== ending || verb === 'cancel').map((verb) => [verb, ending] as const),
    ),
  )('is told that the state has moved on: %s after %s', async (verb, ending) => {
    const { taskId } = await endWith(ending);
    const before = await read(taskId);
    expect(await eve.post(`/train-tasks/${taskId}/${verb}`, REPORTS[verb], 409)).toMatchObject({
      code: 'STATE_CONFLICT',
      taskStatus: before.status,
    });
    expect(await read(taskId)).toEqual(before);
  });

  it('hears from the heartbeat that somebody else has ended the run, not that it has done so itself', async () => {
    const { taskId, trainer } = await endWith('cancel');
    expect(await trainer.post(`/train-tasks/${taskId}/heartbeat`, {})).toEqual({ cancelRequested: true });
    const finished = await endWith('finish');
    expect(await finished.trainer.post(`/train-tasks/${finished.taskId}/heartbeat`, {})).toEqual({ cancelRequested: false });
  });
});

describe('the closing report of a worker', () => {
  it.each([
    [
      'exit 0 and a new file',
      exitReport({ outputFiles: [FILE] }),
      { status: 'SUCCESS', failureReason: null, output: 'art.safetensors', exitCode: 0 },
    ],
    [
      'exit 0 without a file',
      exitReport({ hasFreshOutput: false, lastLines: 'bye' }),
      {
        status: 'FAILED',
        failureReason: 'TRAINER_EXIT',
        exitCode: 0,
        errorMessage: 'The trainer ended with exit code 0 but left no new output file.\nbye',
      },
    ],
    ['exit 1 with a file', exitReport({ exitCode: 1 }), { status: 'FAILED', failureReason: 'TRAINER_EXIT', exitCode: 1 }],
    [
      'last lines that speak of memory',
      exitReport({ exitCode: 1, lastLines: 'torch.OutOfMemoryError: CUDA out of memory.' }),
      { status: 'FAILED', failureReason: 'OOM' },
    ],
    [
      'a signal',
      exitReport({ exitCode: null, signal: 'SIGSEGV', hasFreshOutput: false }),
      { status: 'FAILED', failureReason: 'TRAINER_EXIT', exitCode: null, errorMessage: 'The trainer ended with signal SIGSEGV.' },
    ],
    [
      'a launch that failed after all',
      exitReport({ launchFailed: true, hasFreshOutput: false, exitCode: null, lastLines: 'no such program' }),
      { status: 'FAILED', failureReason: 'LAUNCH', errorMessage: 'no such program' },
    ],
  ])('decides about a run that has not said how it ended: %s', async (_what, report, expected) => {
    const { taskId, trainer } = await submitAndStart(app, eve);
    expect(await trainer.post(`/train-tasks/${taskId}/exit`, report)).toEqual({ status: expected.status, changed: true });
    expect(await read(taskId)).toMatchObject(expected);
    expect(await trainer.post(`/train-tasks/${taskId}/exit`, report)).toEqual({ status: expected.status, changed: false });
  });

  it.each([
    ['finish', {}, 'SUCCESS'],
    ['fail', { error: 'no' }, 'FAILED'],
    ['cancel', {}, 'CANCELLED'],
  ])('leaves a run alone that has ended by %s, and keeps the exit code beside it', async (verb, body, status) => {
    const { taskId, trainer } = await submitAndStart(app, eve);
    await eve.post(`/train-tasks/${taskId}/${verb}`, body);
    expect(await trainer.post(`/train-tasks/${taskId}/exit`, exitReport({ exitCode: 137, hasFreshOutput: false, gpuSeconds: 7 }))).toEqual({
      status,
      changed: false,
    });
    expect(await read(taskId)).toMatchObject({ status, exitCode: 137, gpuSeconds: 7 });
  });

  it('fails a task that never started, because its trainer could not be launched', async () => {
    const { taskId, trainer } = await submit(app, eve);
    await trainer.post(
      `/train-tasks/${taskId}/exit`,
      exitReport({ exitCode: null, launchFailed: true, hasFreshOutput: false, lastLines: 'python3: not found' }),
    );
    expect(await read(taskId)).toMatchObject({
      status: 'FAILED',
      failureReason: 'LAUNCH',
      errorMessage: 'python3: not found',
      startTime: null,
      gpuSeconds: 0,
    });
    expect(await historyOf(taskId)).toContain('failed trainer PENDING FAILED');
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
    expect((await historyOf(taskId)).filter((line) => line.includes('RUNNING '))).toHaveLength(1);
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
