import { DataSource } from 'typeorm';
import { TaskTokens } from '../../src/auth/task-tokens.js';
import type { Api } from './api.js';
import type { TestApp } from './app.js';

/** A create request that is right; say only what matters to the test. */
export function aTask(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return { modelName: 'sd15', loraRank: 16, learningRate: 1e-4, batchSize: 4, epochs: 10, trainDataDir: './data/art', ...overrides };
}

export interface Trained {
  taskId: string;
  /** Speaks with the token of the task. */
  trainer: Api;
}

/** Submits a task and answers a trainer that holds its token. */
export async function submit({ app, anonymous }: TestApp, owner: Api, overrides: Record<string, unknown> = {}): Promise<Trained> {
  const { taskId, id } = await owner.post('/train-tasks', aTask(overrides), 201);
  return { taskId, trainer: anonymous.with(await app.get(TaskTokens).mint(id)) };
}

export async function submitAndStart(app: TestApp, owner: Api, overrides: Record<string, unknown> = {}): Promise<Trained> {
  const task = await submit(app, owner, overrides);
  await task.trainer.post(`/train-tasks/${task.taskId}/start`, { host: 'gpu-1', totalSteps: 100 });
  return task;
}

/** `count` points of one metric, steps 1 … count. */
export function points(count: number, key = 'loss', value: (step: number) => number | string = (step) => 1 / step): object {
  return { points: Array.from({ length: count }, (_one, index) => ({ key, step: index + 1, value: value(index + 1) })) };
}

/** Waits until `check` is satisfied; the test's own time limit ends a wait in vain. */
export async function until<T>(check: () => Promise<T | undefined | false>, everyMs = 50): Promise<T> {
  for (;;) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

export async function rowsOf(database: DataSource, sql: string, parameters: unknown[] = []): Promise<any[]> {
  return database.query(sql, parameters);
}
