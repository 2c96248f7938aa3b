import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { exitReport, FILE, historyOf } from './support/reports.js';
import { points, submit, submitAndStart } from './support/tasks.js';

let app: TestApp;
let eve: Api;
const read = (taskId: string) => eve.get(`/train-tasks/${taskId}`);

beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
});
afterAll(() => app.close());

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
    expect(await historyOf(eve, taskId)).toHaveLength(3);
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
    expect(await historyOf(eve, taskId)).toContain('failed trainer PENDING FAILED');
  });
});
