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
import { presentRecovered, readWeightsHeader } from './read-file.js';
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
  constructor(private readonly database: DataSource, private readonly ids: IdSource, private readonly history: TaskHistory, private readonly feed: TaskChangeFeed) {}

  /**
   * @returns the public id of the new task
   * @throws Problem VALIDATION naming the fields that neither the file nor the caller gives; STATE_CONFLICT with `taskId` for weights entered before
   */
  async run(upload: Upload, { fields }: ImportQuery, by: SubmittedBy): Promise<string> {
    const weights = await readWeights(upload);
    const { draft } = weights.recovered;
    const request = validateAs(CreateTrainTask, { ...draft, ...givenFields(fields) });
    const [id, taskId] = [this.ids.next(), randomUUID()];
    await this.database.transaction(async (manager) => {
      await refuseSecond(manager, by.caller.userId, weights.weightsHash);
      await this.insert(manager, id, taskId, request, weights, upload.fileName, by);
      await this.history.add(id, 'imported', by.actor, upload.fileName, manager);
    });
    this.feed.mark(id);
    return taskId;
  }

  private async insert(manager: EntityManager, id: string, taskId: string, request: CreateTrainTask, weights: Weights, fileName: string | null, { caller }: SubmittedBy): Promise<void> {
    const config = configOf(request);
    const { result } = weights.recovered;
    const [startTime, endTime] = [timeOf(result.startedAt), timeOf(result.finishedAt)];
    await manager.insert(TrainTask, {
      id, taskId, createUser: caller.userId, ...config,
      name: request.name?.trim() || fileName?.replace(/\.safetensors$/i, '').slice(0, 200) || config.modelName,
      description: request.description ?? null,
      tags: request.tags ?? [],
      note: request.note ?? null,
      trainer: IMPORTED,
      fingerprint: fingerprint(config),
      familyId: taskId,
      status: 'SUCCESS',
      progress: 1,
      currentStep: result.steps ?? null,
      currentEpoch: result.epochs ?? null,
      finalLoss: result.finalLoss ?? null,
      startTime,
      endTime,
      output: fileName,
      weightsHash: weights.weightsHash,
      recovered: presentRecovered(weights.recovered),
    });
    await manager.query('INSERT INTO output_file (train_task_id, path, size, sha256) VALUES ($1, $2, $3, $4)', [id, fileName ?? 'weights.safetensors', weights.size, weights.fileHash]);
  }
}

async function readWeights(upload: Upload): Promise<Weights> {
  const source = new ByteSource(upload.content);
  const [file, content] = [createHash('sha256'), createHash('sha256')];
  const { recovered, bytes } = await readWeightsHeader(source, upload.fileName);
  file.update(bytes);
  let size = bytes.length;
  for await (const chunk of source.rest()) {
    file.update(chunk);
    content.update(chunk);
    size += chunk.length;
  }
  return { recovered, size, fileHash: file.digest('hex'), weightsHash: content.digest('hex') };
}

/** Within one person's tasks: whether somebody else holds the same file is theirs to tell. */
async function refuseSecond(manager: EntityManager, userId: string, weightsHash: string): Promise<void> {
  const [former]: { taskId: string }[] = await manager.query(
    'SELECT task_id AS "taskId" FROM train_task WHERE create_user = $1 AND weights_hash = $2 AND deleted_at IS NULL', [userId, weightsHash],
  );
  if (former !== undefined) throw new Problem('STATE_CONFLICT', 'These weights are in the ledger already.', { members: { taskId: former.taskId } });
}

function givenFields(text: string | undefined): object {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch { /* said below */ }
  throw Problem.invalid([{ path: 'fields', message: 'fields must be a JSON object of create-request fields' }]);
}

function timeOf(iso: string | undefined): Date | null {
  return iso === undefined ? null : new Date(iso);
}
