import type { CopyValue } from './copy.js';
import type { Curve } from './curves.js';
import type { SeededTask } from './a-task.js';

/** Of one curve: first and last value, lowest and highest finite one. */
export interface Summary {
  first: number;
  last: number;
  min: number;
  max: number;
}

export const TASK_COLUMNS = [
  'id',
  'task_id',
  'create_user',
  'name',
  'tags',
  'trainer',
  'model_name',
  'lora_rank',
  'lora_alpha',
  'learning_rate',
  'batch_size',
  'epochs',
  'seed',
  'train_data_dir',
  'extra_params',
  'fingerprint',
  'family_id',
  'attempt',
  'cloned_from',
  'status',
  'failure_reason',
  'error_message',
  'created_at',
  'start_time',
  'end_time',
  'last_seen_at',
  'host',
  'deleted_at',
  'progress',
  'last_loss',
  'final_loss',
  'best_loss',
  'gpu_seconds',
  'cost_per_hour',
  'cost',
];

export function taskRow(task: SeededTask, loss: Summary | undefined): CopyValue[] {
  const seconds = task.startedAt === null || task.endedAt === null ? null : (task.endedAt - task.startedAt) / 1000;
  const final = loss === undefined || Number.isNaN(loss.last) ? null : loss.last;
  return [
    String(task.id),
    task.taskId,
    task.ownerId,
    task.name,
    `{${task.tags.map((tag) => `"${tag}"`).join(',')}}`,
    task.trainer,
    task.modelName,
    task.rank,
    task.alpha,
    task.learningRate,
    task.batchSize,
    task.epochs,
    task.seed,
    task.dataDir,
    JSON.stringify(task.extra),
    task.fingerprint,
    task.familyId,
    task.attempt,
    task.clonedFrom,
    task.status,
    task.failureReason,
    task.error,
    time(task.createdAt),
    time(task.startedAt),
    time(task.endedAt),
    time(task.endedAt),
    task.host,
    time(task.deletedAt),
    task.status === 'SUCCESS' ? 1 : seconds === null ? null : 0.6,
    final,
    final,
    loss === undefined || loss.min === Infinity ? null : loss.min,
    seconds,
    2,
    seconds === null ? null : (2 * seconds) / 3600,
  ];
}

export const SUMMARY_COLUMNS = [
  'train_task_id',
  'key',
  'first_step',
  'first_value',
  'last_step',
  'last_value',
  'min_value',
  'max_value',
  'count',
];

export function summaryRow(id: bigint, { key, stride, points }: Curve, { first, last, min, max }: Summary): CopyValue[] {
  return [String(id), key, stride, first, points * stride, last, min === Infinity ? null : min, max === -Infinity ? null : max, points];
}

export const EVENT_COLUMNS = ['train_task_id', 'at', 'type', 'actor', 'from_status', 'to_status'];

const ENDINGS: Record<string, string> = { SUCCESS: 'finished', FAILED: 'failed', CANCELLED: 'cancelled' };

export function eventRows({ id, createdAt, startedAt, endedAt, status, deletedAt }: SeededTask): CopyValue[][] {
  const rows: CopyValue[][] = [[String(id), time(createdAt), 'created', 'member', null, null]];
  if (startedAt !== null) rows.push([String(id), time(startedAt), 'started', 'trainer', 'PENDING', 'RUNNING']);
  if (endedAt !== null)
    rows.push([String(id), time(endedAt), ENDINGS[status] ?? status, 'trainer', startedAt === null ? 'PENDING' : 'RUNNING', status]);
  if (deletedAt !== null) rows.push([String(id), time(deletedAt), 'trashed', 'member', status, status]);
  return rows;
}

function time(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
