import type { TaskProgress, TrainTaskSummary } from '@lora-ledger/contracts';
import { actionsFor, type FailureReason, type JsonObject, type TaskAction, type TaskStatus } from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';

/** What a list reads of each task, from `train_task t` joined with its owner `u`. Long texts are cut here: a list of 100 stays small. */
export const SUMMARY_COLUMNS = `
  t.id, t.task_id, t.create_user, u.username, t.name, left(t.description, 10000) AS description, t.tags, t.trainer, t.model_name, t.model_path, t.lora_rank, t.lora_alpha,
  t.learning_rate, t.batch_size, t.epochs, t.max_steps, t.seed, t.train_data_dir, t.metadata_path, t.output_path, t.incremental, t.resume_from,
  t.extra_params, t.status, t.failure_reason, t.error_message, t.exit_code, t.progress, t.current_epoch, t.current_step, t.total_steps,
  CASE WHEN t.status = 'RUNNING' THEN t.last_loss ELSE t.final_loss END AS final_loss, t.best_loss, t.created_at, t.start_time, t.end_time, t.last_seen_at,
  t.fingerprint, t.family_id, t.attempt, t.cloned_from, t.host, t.gpu, t.gpu_seconds, t.cost, t.deleted_at`;

export interface SummaryRow {
  id: string;
  task_id: string;
  create_user: string;
  username: string;
  name: string;
  description: string | null;
  tags: string[];
  trainer: string;
  model_name: string;
  model_path: string | null;
  lora_rank: number;
  lora_alpha: number;
  learning_rate: number;
  batch_size: number;
  epochs: number | null;
  max_steps: number | null;
  seed: string | null;
  train_data_dir: string;
  metadata_path: string | null;
  output_path: string | null;
  incremental: boolean;
  resume_from: string | null;
  extra_params: JsonObject;
  status: TaskStatus;
  failure_reason: FailureReason | null;
  error_message: string | null;
  exit_code: string | null;
  progress: number | null;
  current_epoch: number | null;
  current_step: string | null;
  total_steps: string | null;
  final_loss: number | null;
  best_loss: number | null;
  created_at: Date;
  start_time: Date | null;
  end_time: Date | null;
  last_seen_at: Date | null;
  fingerprint: string;
  family_id: string;
  attempt: number;
  cloned_from: string | null;
  host: string | null;
  gpu: string | null;
  gpu_seconds: number | null;
  cost: number | null;
  deleted_at: Date | null;
}

/** What of a caller decides what they can do. */
type Caller = Pick<UserCaller, 'role' | 'userId'>;

/** What a report changes of a running task. */
export const PROGRESS_COLUMNS = 't.task_id, t.progress, t.current_epoch, t.current_step, t.total_steps, t.last_loss, t.last_seen_at';

export interface ProgressRow extends Pick<
  SummaryRow,
  'task_id' | 'progress' | 'current_epoch' | 'current_step' | 'total_steps' | 'last_seen_at'
> {
  last_loss: number | null;
}

/** @param stalledAfter seconds of silence after which a running task counts as stalled */
export function presentSummary(row: SummaryRow, caller: Caller, stalledAfter: number): TrainTaskSummary {
  const lastSign = row.last_seen_at ?? row.start_time;
  return {
    id: row.id,
    taskId: row.task_id,
    name: row.name,
    description: row.description,
    tags: row.tags,
    trainer: row.trainer,
    modelName: row.model_name,
    modelPath: row.model_path,
    loraRank: row.lora_rank,
    loraAlpha: row.lora_alpha,
    learningRate: row.learning_rate,
    batchSize: row.batch_size,
    epochs: row.epochs,
    maxSteps: row.max_steps,
    seed: integer(row.seed),
    trainDataDir: row.train_data_dir,
    metadataPath: row.metadata_path,
    outputPath: row.output_path,
    incremental: row.incremental,
    resumeFrom: row.resume_from,
    extraParams: row.extra_params,
    status: row.status,
    failureReason: row.failure_reason,
    errorMessage: row.error_message,
    exitCode: integer(row.exit_code),
    progress: row.progress,
    currentEpoch: row.current_epoch,
    currentStep: integer(row.current_step),
    totalSteps: integer(row.total_steps),
    finalLoss: finite(row.final_loss),
    bestLoss: finite(row.best_loss),
    stalled: row.status === 'RUNNING' && lastSign !== null && isStalled(lastSign.getTime(), stalledAfter),
    createUser: row.username,
    createdAt: row.created_at.toISOString(),
    startTime: row.start_time?.toISOString() ?? null,
    endTime: row.end_time?.toISOString() ?? null,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    fingerprint: row.fingerprint,
    familyId: row.family_id,
    attempt: row.attempt,
    clonedFrom: row.cloned_from,
    host: row.host,
    gpu: row.gpu,
    gpuSeconds: row.gpu_seconds,
    cost: row.cost,
    deletedAt: row.deleted_at?.toISOString() ?? null,
    actions: allowedActions({ status: row.status, isTrashed: row.deleted_at !== null, ownerId: row.create_user }, caller),
  };
}

/** @param lastSign of a running task, milliseconds since 1970 */
export function isStalled(lastSign: number, stalledAfter: number): boolean {
  return Date.now() - lastSign > stalledAfter * 1000;
}

/** What the caller can do with a task they may see. */
export function allowedActions(
  { status, isTrashed, ownerId }: { status: TaskStatus; isTrashed: boolean; ownerId: string },
  caller: Caller,
): readonly TaskAction[] {
  const mayChange = caller.role === 'admin' || caller.userId === ownerId;
  return mayChange ? actionsFor(status, isTrashed) : isTrashed ? [] : ['clone'];
}

/** A task that has just reported does not count as stalled. */
export function presentProgress(row: ProgressRow): TaskProgress {
  return {
    taskId: row.task_id,
    progress: row.progress,
    currentEpoch: row.current_epoch,
    currentStep: integer(row.current_step),
    totalSteps: integer(row.total_steps),
    finalLoss: finite(row.last_loss),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    stalled: false,
  };
}

export function integer(text: string | null): number | null {
  return text === null ? null : Number(text);
}

/** JSON has no NaN: a loss that is none is told by the curve, not by the list. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
