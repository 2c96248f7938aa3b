import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CreateTrainTask, type ImportQuery } from '@lora-ledger/contracts';
import { fingerprint, type RecoveredConfig } from '@lora-ledger/training';
import { DataSource, type EntityManager } from 'typeorm';
import { IdSource } from '../database/id-source.js';
import { Problem } from '../problem.js';
import { TaskChangeFeed } from '../stream/task-change-feed.js';
import { configOf, IMPORTED, type SubmittedBy } from '../train-task/submission.js';
import { TaskHistory } from '../train-task/task-history.js';
import { TrainTask } from '../train-task/train-task.entity.js';
import { validateAs } from '../validation.js';
import { presentRecovered, readWeightsHeader, type WeightsHeader } from './read-file.js';
import { ByteSource, type Upload } from './upload.js';

interface Weights {
  recovered: RecoveredConfig;
  size: number;
  fileHash: string;
  /** SHA-256 of the bytes after the header: the same weights whatever their metadata. */
  weightsHash: string;
}

/** Enters an old LoRA file as a finished task. The file streams through: its header is read, its content hashed, nothing else is kept. */
@Injectable()
export class WeightsImport {
  constructor(
    private readonly database: DataSource,
    private readonly ids: IdSource,
    private readonly history: TaskHistory,
    private readonly feed: TaskChangeFeed,
  ) {}

  /**
   * @returns the public id of the new task
   * @throws Problem VALIDATION naming the fields that neither the file nor the caller gives; STATE_CONFLICT with `taskId` for weights entered before
   */
  async run(upload: Upload, { fields }: ImportQuery, by: SubmittedBy): Promise<string> {
    const source = new ByteSource(upload.content);
    const [id, taskId] = [this.ids.next(), randomUUID()];
    try {
      const header = await readWeightsHeader(source, upload.fileName);
      const request = validateAs(CreateTrainTask, { ...header.recovered.draft, ...givenFields(fields) });
      const weights = await readWeights(header, source);
      await this.database.transaction(async (manager) => {
        await refuseSecond(manager, by.caller.userId, weights.weightsHash);
        await this.insert(manager, id, taskId, request, weights, upload.fileName, by);
        await this.history.add(id, 'imported', by.actor, upload.fileName, manager);
      });
    } finally {
      await source.drain();
    }
    this.feed.mark(id);
    return taskId;
  }

  private async insert(
    manager: EntityManager,
    id: string,
    taskId: string,
    request: CreateTrainTask,
    weights: Weights,
    fileName: string | null,
    { caller }: SubmittedBy,
  ): Promise<void> {
    const config = configOf(request);
    const { result } = weights.recovered;
    const { startTime, endTime } = timesOf(result);
    await manager.insert(TrainTask, {
      id,
      taskId,
      createUser: caller.userId,
      ...config,
      name: request.name?.trim() || fileName?.replace(/\.safetensors$/i, '').slice(0, 200) || config.modelName,
      description: request.description ?? null,
      tags: [...new Set(request.tags ?? [])],
      note: request.note ?? null,
      trainer: IMPORTED,
      configFormat: weights.recovered.format,
      fingerprint: fingerprint(config),
      familyId: taskId,
      status: 'SUCCESS',
      progress: 1,
      currentStep: Number.isSafeInteger(result.steps) ? (result.steps ?? null) : null,
      currentEpoch: result.epochs ?? null,
      startTime,
      endTime,
      output: fileName,
      weightsHash: weights.weightsHash,
      recovered: presentRecovered(weights.recovered),
    });
    await manager.query('INSERT INTO output_file (train_task_id, path, size, sha256) VALUES ($1, $2, $3, $4)', [
      id,
      fileName ?? 'weights.safetensors',
      weights.size,
      weights.fileHash,
    ]);
  }
}

/** @throws Problem VALIDATION for a file that is shorter or longer than its header says */
async function readWeights({ recovered, bytes }: WeightsHeader, source: ByteSource): Promise<Weights> {
  const [file, content] = [createHash('sha256').update(bytes), createHash('sha256')];
  let size = bytes.length;
  for await (const chunk of source.rest()) {
    file.update(chunk);
    content.update(chunk);
    size += chunk.length;
  }
  const expected = bytes.length + recovered.tensorBytes;
  if (size !== expected)
    throw Problem.invalid([
      { path: 'file', message: `the file has ${size} bytes, but its header describes ${expected}: it is not whole`, rule: 'notWhole' },
    ]);
  return { recovered, size, fileHash: file.digest('hex'), weightsHash: content.digest('hex') };
}

/** Within one person's tasks: whether somebody else holds the same file is theirs to tell. The lock lets two uploads of one file meet here. */
async function refuseSecond(manager: EntityManager, userId: string, weightsHash: string): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('weights of ' || $1 || ' ' || $2, 0))`, [userId, weightsHash]);
  const [former]: { taskId: string }[] = await manager.query(
    'SELECT task_id AS "taskId" FROM train_task WHERE create_user = $1 AND weights_hash = $2 AND deleted_at IS NULL',
    [userId, weightsHash],
  );
  if (former !== undefined)
    throw new Problem('STATE_CONFLICT', 'These weights are in the ledger already.', {
      reason: 'weightsKnown',
      members: { taskId: former.taskId },
    });
}

/** Nothing here ran the training, and what somebody imports is theirs: trainer and owner are not to choose. */
const NOT_GIVEN = ['trainer', 'createUser', 'source'];

function givenFields(text: string | undefined): object {
  if (text === undefined) return {};
  const value = objectIn(text);
  if (value === null)
    throw Problem.invalid([{ path: 'fields', message: 'fields must be a JSON object of create-request fields', rule: 'type' }]);
  const refused = NOT_GIVEN.filter((name) => Object.hasOwn(value, name));
  if (refused.length > 0)
    throw Problem.invalid(
      refused.map((name) => ({ path: `fields.${name}`, message: `${name} cannot be given for an import`, rule: 'unknown' as const })),
    );
  return value;
}

function objectIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** A run that ended before it began says nothing about when it was. */
function timesOf({ startedAt, finishedAt }: RecoveredConfig['result']): { startTime: Date | null; endTime: Date | null } {
  const [startTime, endTime] = [startedAt, finishedAt].map((iso) => (iso === undefined ? null : new Date(iso)));
  const isInOrder = startTime == null || endTime == null || startTime <= endTime;
  return isInOrder ? { startTime: startTime ?? null, endTime: endTime ?? null } : { startTime: null, endTime: null };
}
