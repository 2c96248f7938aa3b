import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';

/** A task that has had its life, as far as statistics look at it. */
export interface PastTask {
  owner: string;
  taskId: string;
  modelName: string;
  trainer: string;
  loraRank: number;
  loraAlpha: number;
  learningRate: number;
  batchSize: number;
  epochs: number | null;
  extra: object;
  status: 'PENDING' | 'RUNNING' | 'SUCCESS' | 'FAILED' | 'CANCELLED';
  reason: string | null;
  error: string | null;
  finalLoss: number | null;
  /** Seconds. */
  waited: number;
  lasted: number;
  steps: number;
  /** As it said at its start; `null`: it never did. */
  totalSteps: number | null;
  /** What its curve is of. */
  metric: string;
  createdAt: string;
  host: string;
  gpu: string;
  gpuSeconds: number | null;
  cost: number | null;
  curve: readonly number[];
}

let next = 1_000_000;

export function pastTask(overrides: Partial<PastTask> = {}): PastTask {
  const status = overrides.status ?? 'SUCCESS';
  return {
    owner: 'ada',
    taskId: randomUUID(),
    modelName: 'sd15',
    trainer: 'demo',
    loraRank: 16,
    loraAlpha: 16,
    learningRate: 1e-4,
    batchSize: 4,
    epochs: 10,
    extra: {},
    status,
    reason: status === 'FAILED' ? 'TRAINER_EXIT' : null,
    error: status === 'FAILED' ? 'RuntimeError: it broke' : null,
    finalLoss: status === 'SUCCESS' ? 0.1 : null,
    waited: 10,
    lasted: 100,
    steps: 1000,
    totalSteps: overrides.steps ?? 1000,
    metric: 'loss',
    createdAt: '2026-03-02T10:00:00.000Z',
    host: 'gpu-1',
    gpu: 'A100',
    gpuSeconds: null,
    cost: null,
    curve: [],
    ...overrides,
  };
}

/** Puts past tasks into the ledger as they would be after their life, with their curves, one point every ten steps. */
export async function insertPast(database: DataSource, tasks: readonly PastTask[]): Promise<void> {
  const rows = tasks.map((task) => ({ ...task, id: String((next += 1)), gpuSeconds: task.gpuSeconds ?? task.lasted }));
  await database.query(
    `INSERT INTO train_task (id, task_id, family_id, create_user, name, model_name, trainer, lora_rank, lora_alpha, learning_rate, batch_size, epochs, extra_params, status, failure_reason,
       error_message, final_loss, created_at, start_time, end_time, current_step, total_steps, host, gpu, gpu_seconds, cost, train_data_dir, fingerprint)
     SELECT p.id, p."taskId", p."taskId", u.id, 'past', p."modelName", p.trainer, p."loraRank", p."loraAlpha", p."learningRate", p."batchSize", p.epochs, p.extra, p.status, p.reason,
       p.error, p."finalLoss", p."createdAt", CASE WHEN p.status <> 'PENDING' THEN p."createdAt" + make_interval(secs => p.waited) END,
       CASE WHEN p.status NOT IN ('PENDING', 'RUNNING') THEN p."createdAt" + make_interval(secs => p.waited + p.lasted) END,
       p.steps, p."totalSteps", p.host, p.gpu, CASE WHEN p.status <> 'PENDING' THEN p."gpuSeconds" END, p.cost, './data', repeat('0', 64)
     FROM jsonb_to_recordset($1::jsonb) AS p (id bigint, "taskId" uuid, owner text, "modelName" text, trainer text, "loraRank" int, "loraAlpha" float8, "learningRate" float8, "batchSize" int,
       epochs float8, extra jsonb, status text, reason text, error text, "finalLoss" float8, "createdAt" timestamptz, waited float8, lasted float8, steps bigint, "totalSteps" bigint, host text, gpu text,
       "gpuSeconds" float8, cost float8) JOIN app_user u ON u.username = p.owner`,
    [JSON.stringify(rows)],
  );
  const points = rows.flatMap(({ id, metric, curve }) =>
    curve.map((value, index) => ({ id, metric, step: (index + 1) * 10, value: String(value) })),
  );
  const columns = [
    points.map(({ id }) => id),
    points.map(({ step }) => step),
    points.map(({ value }) => value),
    points.map(({ metric }) => metric),
  ];
  await database.query(
    `WITH added AS (INSERT INTO metric_point (train_task_id, key, step, value, at)
       SELECT id, key, step, value, now() FROM unnest($1::bigint[], $2::bigint[], $3::float8[], $4::text[]) p (id, step, value, key) RETURNING train_task_id, key, step, value)
     INSERT INTO metric_summary (train_task_id, key, first_step, first_value, last_step, last_value, count)
     SELECT train_task_id, key, min(step), (array_agg(value ORDER BY step))[1], max(step), (array_agg(value ORDER BY step DESC))[1], count(*) FROM added GROUP BY train_task_id, key`,
    columns,
  );
}

/** `count` of something, made from its index. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_one, index) => make(index));
}
