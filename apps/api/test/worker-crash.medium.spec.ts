import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Api } from './support/api.js';
import { ApiProcess } from './support/api-process.js';
import { ROOT } from './support/app.js';
import { freshDatabase } from './support/database.js';
import { aTask, until } from './support/tasks.js';

interface Claim {
  workerPid: number;
  trainerPid: number;
}

let folder: string;
let ledger: ApiProcess;
let api: Api;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-profiles-'));
  const trainers = [
    { name: 'restless', argv: ['{python}', join(__dirname, 'support/restless_trainer.py')], graceSeconds: 1 },
    {
      name: 'demo',
      argv: ['{python}', '{root}/apps/demo-trainer/train.py', '--config', '{configFile}', '--task_id', '{taskId}'],
      env: { PYTHONPATH: '{root}/libs/python-client' },
      cwd: '{root}',
    },
  ];
  writeFileSync(join(folder, 'trainers.yaml'), JSON.stringify({ trainers }));
  ledger = await ApiProcess.start(await freshDatabase(), {
    LEDGER_LOCAL_SLOTS: '1',
    LEDGER_STALLED_AFTER: '2',
    LEDGER_LOST_AFTER: '6',
    LEDGER_TRAINERS_FILE: join(folder, 'trainers.yaml'),
  });
  api = await ledger.signIn();
}, 60_000);
afterAll(async () => {
  // A test that failed must not leave a trainer behind that never ends.
  for (const { taskId } of (await api.get('/train-tasks?status=PENDING&status=RUNNING')).items)
    await api.call('POST', `/train-tasks/${taskId}/cancel`);
  await until(async () => readdirSync(join(ledger.dataDir, 'workspaces')).every((taskId) => isGone(claimOf(taskId).trainerPid)));
  await ledger.stop();
  rmSync(folder, { recursive: true, force: true });
});

const submit = async (overrides: object): Promise<string> =>
  (await api.post('/train-tasks', aTask(overrides as Record<string, unknown>), 201)).taskId;
const read = (taskId: string) => api.get(`/train-tasks/${taskId}`);
const untilStatus = (taskId: string, ...wanted: string[]) =>
  until(async () => {
    const task = await read(taskId);
    return wanted.includes(task.status) && task;
  });
const claimOf = (taskId: string): Claim =>
  JSON.parse(readFileSync(join(ledger.dataDir, 'workspaces', taskId, 'worker.json'), 'utf8')) as Claim;
const untilGone = (pid: number) => until(async () => isGone(pid));

/** A zombie has ended; nobody but its parent can clear it away. */
function isGone(pid: number): boolean {
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}

it('a run whose worker is killed is declared lost, its trainer ended, and the next task started', async () => {
  const [lost, waiting] = [await submit({ trainer: 'restless' }), await submit({ trainer: 'restless' })];
  await untilStatus(lost, 'RUNNING');
  expect((await read(waiting)).status).toBe('PENDING');
  const { workerPid, trainerPid } = claimOf(lost);
  process.kill(workerPid, 'SIGKILL');
  await untilGone(trainerPid);
  expect(await untilStatus(lost, 'FAILED', 'SUCCESS')).toMatchObject({
    failureReason: 'LOST',
    errorMessage: expect.stringContaining('6 seconds'),
    actions: expect.arrayContaining(['retry']),
  });

  await untilStatus(waiting, 'RUNNING');
  const next = claimOf(waiting);
  await api.post(`/train-tasks/${waiting}/cancel`);
  await untilGone(next.trainerPid);
  await untilGone(next.workerPid);
  expect(await read(waiting)).toMatchObject({ status: 'CANCELLED' });
}, 120_000);

it('a run whose trainer is killed fails with the signal', async () => {
  const taskId = await submit({ trainer: 'restless' });
  await untilStatus(taskId, 'RUNNING');
  process.kill(claimOf(taskId).trainerPid, 'SIGKILL');
  expect(await untilStatus(taskId, 'FAILED', 'SUCCESS')).toMatchObject({
    failureReason: 'TRAINER_EXIT',
    errorMessage: expect.stringContaining('SIGKILL'),
  });
}, 120_000);

it('a training outlives the API: killed and started again, it has every point, the whole log and the result', async () => {
  const taskId = await submit({
    trainer: 'demo',
    modelName: 'char-lm-base',
    loraRank: 4,
    learningRate: 0.01,
    batchSize: 16,
    epochs: 1,
    seed: 1,
    trainDataDir: join(ROOT, 'apps/demo-trainer/data/harbour-log'),
  });
  await until(async () => (await read(taskId)).currentStep > 3);
  await ledger.kill();
  await ledger.restart();
  const task = await untilStatus(taskId, 'SUCCESS', 'FAILED');
  expect(task).toMatchObject({ status: 'SUCCESS', progress: 1 });
  const closed = await until(async () => {
    const now = await read(taskId);
    return now.exitCode !== null && now;
  });
  expect(closed).toMatchObject({
    exitCode: 0,
    currentStep: task.totalSteps,
    outputFiles: [{ path: expect.stringMatching(/\.safetensors$/), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
  });
  const { series } = await api.get(`/train-tasks/${taskId}/metrics?keys=loss&maxPoints=20000`);
  expect(series[0].steps).toEqual(Array.from({ length: task.totalSteps }, (_one, index) => index + 1));
  const { text, size } = await api.get(`/train-tasks/${taskId}/log?limit=1000000`);
  expect(Buffer.byteLength(text)).toBe(size);
  expect(text).toContain('saving checkpoint');
}, 180_000);
