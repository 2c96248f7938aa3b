import { Script } from './script.js';

export const ADMIN = { username: 'grace', password: 'a long enough password' };
export const MEMBER = { username: 'mira', password: 'mira has a long password' };
export const COLLEAGUE = { username: 'jonas', password: 'jonas has a long password' };

/** For `startProduct`: an admin from the start, and nothing launched here, because the tests report as trainers themselves. */
export const TEAM_ENV = {
  LEDGER_ADMIN_USERNAME: ADMIN.username,
  LEDGER_ADMIN_PASSWORD: ADMIN.password,
  LEDGER_LOCAL_SLOTS: '0',
  LEDGER_STALLED_AFTER: '3600',
  LEDGER_LOST_AFTER: '7200',
};

export interface Team {
  admin: Script;
  member: Script;
  colleague: Script;
}

export async function hireTeam(url: string): Promise<Team> {
  const anybody = new Script(url);
  const admin = await anybody.signIn(ADMIN.username, ADMIN.password);
  await admin.post('/users', { ...MEMBER, role: 'member', displayName: 'Mira Lindqvist' });
  await admin.post('/users', { ...COLLEAGUE, role: 'member' });
  const [member, colleague] = await Promise.all([MEMBER, COLLEAGUE].map(({ username, password }) => anybody.signIn(username, password)));
  if (member === undefined || colleague === undefined) throw new Error('nobody has been hired');
  return { admin, member, colleague };
}

export interface Run {
  /** Of the create request. */
  task: Record<string, unknown>;
  ends: 'pending' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  error?: string;
  steps?: number;
}

export interface RunTask {
  taskId: string;
  trainer: Script;
}

/** Submits a task and plays its trainer: a loss that falls with the learning rate's speed, a log with a progress bar, an end. */
export async function playRun(
  owner: Script,
  { task, ends, error = 'RuntimeError: CUDA out of memory. Tried to allocate 2.50 GiB', steps = 200 }: Run,
): Promise<RunTask> {
  const { taskId } = await owner.post<{ taskId: string }>('/train-tasks', {
    modelName: 'sdxl-base-1.0',
    loraRank: 16,
    learningRate: 1e-4,
    batchSize: 4,
    epochs: 10,
    trainDataDir: './data/harbour',
    ...task,
  });
  const { token } = await owner.post<{ token: string }>(`/train-tasks/${taskId}/token`);
  const [path, trainer] = [`/train-tasks/${taskId}`, owner.with(token)];
  if (ends === 'pending') return { taskId, trainer };
  await trainer.post(`${path}/start`, { host: 'gpu-1', gpu: 'RTX 4090', totalSteps: steps, env: { python: '3.11.9', torch: '2.5.1' } });
  const reached = ends === 'succeeded' ? steps : Math.round(steps * 0.6);
  await trainer.post(`${path}/progress`, {
    points: curve(reached, Number(task['learningRate'] ?? 1e-4)),
    currentStep: reached,
    totalSteps: steps,
  });
  await trainer.post(`${path}/log`, { offset: 0, text: logOf(reached, steps) });
  if (ends === 'succeeded') {
    await trainer.post(`${path}/finish`, { output: 'output/harbour-000010.safetensors', gpuSeconds: 1260 });
    await trainer.post(`${path}/exit`, {
      exitCode: 0,
      hasFreshOutput: true,
      lastLines: 'model saved.',
      outputFiles: [{ path: 'harbour-000010.safetensors', size: 75_612_344, sha256: 'ab'.repeat(32) }],
    });
  }
  if (ends === 'failed')
    await trainer.post(`${path}/fail`, {
      error: `Traceback (most recent call last):\n  File "train_network.py", line 1012, in <module>\n${error}`,
    });
  if (ends === 'cancelled') await owner.post(`${path}/cancel`);
  return { taskId, trainer };
}

function curve(steps: number, learningRate: number): object[] {
  const speed = Math.min(8, learningRate * 30_000);
  return Array.from({ length: steps }, (_one, index) => {
    const [step, part] = [index + 1, (index + 1) / steps];
    const ripple = Math.sin(index * 12.9898) * 0.015;
    return [
      { key: 'loss', step, epoch: part * 10, value: 0.06 + 0.18 * Math.exp(-speed * part) + ripple * (1 - part) },
      { key: 'lr', step, epoch: part * 10, value: (learningRate * (1 + Math.cos(Math.PI * part))) / 2 },
    ];
  }).flat();
}

function logOf(reached: number, steps: number): string {
  const bars = Array.from(
    { length: 5 },
    (_one, index) =>
      `steps: ${index * 20}%|${'█'.repeat(index * 4).padEnd(20)}| ${Math.round((reached * index) / 5)}/${steps} [00:0${index}<00:10, avr_loss=0.1${9 - index}]`,
  );
  return `loading the base model\n\u001b[32mINFO\u001b[0m     create LoRA network. base dim (rank): 16, alpha: 8\n${bars.join('\r')}\nsaving checkpoint: output/harbour-000005.safetensors\nmodel saved.\n`;
}
