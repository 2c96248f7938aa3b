import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CreateTrainTask } from '@lora-ledger/contracts';
import {
  canonicalJson,
  checkConfig,
  completeConfig,
  defaultName,
  fingerprint,
  maskSource,
  type ConfigProblem,
  type LoraConfig,
} from '@lora-ledger/training';
import { DataSource, IsNull } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import type { UserCaller } from '../auth/caller.js';
import { User } from '../auth/user.entity.js';
import { IdSource } from '../database/id-source.js';
import { Problem } from '../problem.js';
import { TaskChangeFeed } from '../stream/task-change-feed.js';
import { TrainerProfiles } from '../trainer/trainer-profiles.js';
import { Dispatch } from './dispatch.js';
import { NewTasks, type NewTaskJob, type NewTaskRow } from './new-tasks.js';
import { refuseSecrets } from './prose.js';

/** Stands as the trainer of tasks that were entered from their weights: nothing here ran them. */
export const IMPORTED = 'imported';

/** The file of a task: its text without credentials, `null` when only its format is known. */
interface Source {
  text: string | null;
  format: string;
  fileName: string | null;
}

/** Where a new task comes from: out of nothing, as a clone, or as the next attempt of a family. */
export interface Origin {
  clonedFrom?: string;
  family?: { familyId: string; attempt: number };
  source?: Source;
  /** The owner when it is not the caller: a retry stays with the owner of its family. */
  ownerId?: string;
}

export interface SubmittedBy {
  caller: UserCaller;
  actor: Actor;
  idempotencyKey?: string | undefined;
}

export interface Submitted {
  /** Public id of the new task, or of the one an earlier request with the same idempotency key made. */
  taskId: string;
  /** The new task as it was stored; `null` when there is none. */
  row: NewTaskRow | null;
}

/** Takes a configuration, checks it and stores it as a PENDING task: the first step of a task's life. */
@Injectable()
export class Submission {
  constructor(
    private readonly database: DataSource,
    private readonly ids: IdSource,
    private readonly profiles: TrainerProfiles,
    private readonly newTasks: NewTasks,
    private readonly dispatch: Dispatch,
    private readonly feed: TaskChangeFeed,
  ) {}

  /** @throws Problem VALIDATION, SECRET_IN_CONFIG, FORBIDDEN (somebody else's name), STATE_CONFLICT (key used for another body) */
  async submit(request: CreateTrainTask, { caller, actor, idempotencyKey }: SubmittedBy, origin: Origin = {}): Promise<Submitted> {
    const config = configOf(request);
    refuseSecrets({ name: request.name, description: request.description, note: request.note, tags: request.tags });
    const trainer = this.profiles.named(request.trainer ?? null);
    const createUser = origin.ownerId ?? (await this.ownerOf(request, caller));
    const key = idempotencyKey === undefined ? null : keyOf(caller.userId, idempotencyKey, request);
    const [taskId, id] = [randomUUID(), this.ids.next()];
    const source = sourceOf(request) ?? origin.source;
    const row = await this.newTasks.add({
      task: {
        id,
        taskId,
        createUser,
        ...config,
        name: request.name?.trim() || defaultName(config),
        description: request.description ?? null,
        tags: [...new Set(request.tags ?? [])],
        note: request.note ?? null,
        trainer: trainer.name,
        costPerHour: trainer.costPerHour,
        configSource: source?.text ?? null,
        configFormat: source?.format ?? null,
        configFileName: source?.fileName ?? null,
        fingerprint: fingerprint(config),
        familyId: origin.family?.familyId ?? taskId,
        attempt: origin.family?.attempt ?? 1,
        clonedFrom: origin.clonedFrom ?? null,
      },
      event: origin.family ? 'retried' : origin.clonedFrom ? 'cloned' : 'created',
      actor,
      key,
    });
    if (row === null && key !== null) return { taskId: await this.formerOf(key), row };
    this.dispatch.poke();
    this.feed.mark(id);
    return { taskId, row };
  }

  /** @returns the task a used key stands for */
  private async formerOf({ userId, key, bodyHash }: NonNullable<NewTaskJob['key']>): Promise<string> {
    const [former]: { taskId: string; bodyHash: Buffer }[] = await this.database.query(
      'SELECT t.task_id AS "taskId", k.body_hash AS "bodyHash" FROM idempotency_key k JOIN train_task t ON t.id = k.train_task_id WHERE k.user_id = $1 AND k.key = $2',
      [userId, key],
    );
    if (former === undefined || !former.bodyHash.equals(bodyHash)) {
      throw new Problem('STATE_CONFLICT', 'This Idempotency-Key was used for another request: choose a new key for a new task.', {
        reason: 'idempotencyKeyUsed',
      });
    }
    return former.taskId;
  }

  private async ownerOf({ createUser }: CreateTrainTask, caller: UserCaller): Promise<string> {
    if (createUser == null || createUser === caller.username) return caller.userId;
    if (caller.role !== 'admin') throw new Problem('FORBIDDEN', 'Only admins may submit for somebody else: leave createUser out.');
    const owner = await this.database.manager.findOne(User, { where: { username: createUser, deletedAt: IsNull() }, select: { id: true } });
    if (owner === null) throw Problem.invalid([{ path: 'createUser', message: 'createUser names nobody who is here', rule: 'nobody' }]);
    return owner.id;
  }
}

/** @throws Problem VALIDATION or SECRET_IN_CONFIG, naming every field that is wrong */
export function configOf(request: CreateTrainTask): LoraConfig {
  const draft = { ...request, modelName: request.modelName, extraParams: request.extraParams ?? {} };
  const problems = checkConfig(draft);
  if (problems.length > 0) throw refusal(problems);
  return completeConfig({
    modelName: draft.modelName,
    modelPath: given(draft.modelPath),
    loraRank: draft.loraRank,
    loraAlpha: draft.loraAlpha ?? undefined,
    learningRate: draft.learningRate,
    batchSize: draft.batchSize,
    epochs: draft.epochs,
    maxSteps: draft.maxSteps,
    seed: draft.seed,
    trainDataDir: draft.trainDataDir,
    metadataPath: given(draft.metadataPath),
    outputPath: given(draft.outputPath),
    incremental: draft.incremental ?? undefined,
    resumeFrom: given(draft.resumeFrom),
    extraParams: draft.extraParams,
  });
}

function sourceOf({ source }: CreateTrainTask): Source | undefined {
  return source == null
    ? undefined
    : { text: source.text == null ? null : maskSource(source.text), format: source.format, fileName: source.fileName ?? null };
}

/** A field of a form that was left empty: the same experiment as one without it. */
function given(text: string | null | undefined): string | null {
  return text?.trim() ? text : null;
}

function refusal(problems: ConfigProblem[]): Problem {
  const secrets = problems.filter((problem) => problem.rule === 'secret');
  if (secrets.length === 0) return Problem.invalid(problems);
  return new Problem('SECRET_IN_CONFIG', `${secrets.map((problem) => problem.message).join('. ')}.`, { errors: problems });
}

/** @throws Problem VALIDATION */
function keyOf(userId: string, key: string, request: CreateTrainTask): NonNullable<NewTaskJob['key']> {
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw Problem.invalid([
      { path: 'Idempotency-Key', message: 'Idempotency-Key must have 1 to 200 visible ASCII characters', rule: 'format' },
    ]);
  return {
    userId,
    key,
    bodyHash: createHash('sha256')
      .update(canonicalJson({ ...request, source: request.source ? { ...request.source } : null }))
      .digest(),
  };
}
