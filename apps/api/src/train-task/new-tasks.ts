import { Injectable } from '@nestjs/common';
import type { JsonObject, LoraConfig } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { sqlState } from '../database/driver-error.js';
import { prepared } from '../database/prepared.js';
import { GroupCommit } from './group-commit.js';
import { SUMMARY_COLUMNS, type SummaryRow } from './present.js';

/** A task on its way into the ledger. */
export interface NewTask extends LoraConfig {
  /** Row id. */
  id: string;
  taskId: string;
  /** Row id of the owner. */
  createUser: string;
  name: string;
  description: string | null;
  tags: readonly string[];
  note: string | null;
  trainer: string;
  costPerHour: number | null;
  configSource: string | null;
  configFormat: string | null;
  configFileName: string | null;
  fingerprint: string;
  familyId: string;
  attempt: number;
  clonedFrom: string | null;
}

export interface NewTaskJob {
  task: NewTask;
  event: 'created' | 'cloned' | 'retried';
  actor: Actor;
  /** The task is stored only when this key is new. */
  key: { userId: string; key: string; bodyHash: Buffer } | null;
}

/** What a list and the page of a task show of it, as it was stored. */
export type NewTaskRow = SummaryRow & {
  note: string | null;
  config_source: string | null;
  config_format: string | null;
  config_file_name: string | null;
};

/** Beyond this many, whoever comes later is asked to wait outside: a second or two of writing. */
const WAITING = 4000;
const GROUP = 100;

/** Stores new tasks. Those that come together share a statement and a commit; each is answered when it is durable. */
@Injectable()
export class NewTasks {
  private readonly groups = new GroupCommit<NewTaskJob, NewTaskRow | null>({
    write: (jobs) => this.write(jobs),
    weigh: () => 1,
    groupWeight: GROUP,
    waitingWeight: WAITING,
    isOfOneJob,
    writers: 2,
  });

  constructor(private readonly database: DataSource) {}

  /**
   * @returns `null` when the job's key was used before
   * @throws QueryFailedError when the family has this attempt already; Problem RATE_LIMITED
   */
  add(job: NewTaskJob): Promise<NewTaskRow | null> {
    return this.groups.add(job);
  }

  private async write(jobs: readonly NewTaskJob[]): Promise<(NewTaskRow | null)[]> {
    const rows = await prepared<NewTaskRow>(this.database, 'new tasks', STORE, [JSON.stringify(jobs.map(recordOf))]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return jobs.map(({ task }) => byId.get(task.id) ?? null);
  }
}

/** What the content of one job causes, or its meeting with a job of another group: the others of its own may be tried without it. */
function isOfOneJob(error: unknown): boolean {
  return /^(2[23]|40)/.test(sqlState(error));
}

/** Columns of `train_task` with their types; the members of a job's record have the same names. */
const COLUMNS: Record<string, string> = {
  id: 'bigint',
  task_id: 'uuid',
  create_user: 'bigint',
  name: 'text',
  description: 'text',
  tags: 'text[]',
  note: 'text',
  trainer: 'text',
  model_name: 'text',
  model_path: 'text',
  lora_rank: 'integer',
  lora_alpha: 'double precision',
  learning_rate: 'double precision',
  batch_size: 'integer',
  epochs: 'double precision',
  max_steps: 'integer',
  seed: 'bigint',
  train_data_dir: 'text',
  metadata_path: 'text',
  output_path: 'text',
  incremental: 'boolean',
  resume_from: 'text',
  extra_params: 'jsonb',
  config_source: 'text',
  config_format: 'text',
  config_file_name: 'text',
  fingerprint: 'text',
  family_id: 'uuid',
  attempt: 'integer',
  cloned_from: 'uuid',
  cost_per_hour: 'double precision',
};

function recordOf({ task, event, actor, key }: NewTaskJob): JsonObject {
  return {
    id: task.id,
    task_id: task.taskId,
    create_user: task.createUser,
    name: task.name,
    description: task.description,
    tags: [...task.tags],
    note: task.note,
    trainer: task.trainer,
    model_name: task.modelName,
    model_path: task.modelPath,
    lora_rank: task.loraRank,
    lora_alpha: task.loraAlpha,
    learning_rate: task.learningRate,
    batch_size: task.batchSize,
    epochs: task.epochs,
    max_steps: task.maxSteps,
    seed: task.seed,
    train_data_dir: task.trainDataDir,
    metadata_path: task.metadataPath,
    output_path: task.outputPath,
    incremental: task.incremental,
    resume_from: task.resumeFrom,
    extra_params: task.extraParams,
    config_source: task.configSource,
    config_format: task.configFormat,
    config_file_name: task.configFileName,
    fingerprint: task.fingerprint,
    family_id: task.familyId,
    attempt: task.attempt,
    cloned_from: task.clonedFrom,
    cost_per_hour: task.costPerHour,
    event,
    actor: actor.name,
    actor_id: actor.userId,
    via: actor.via,
    address: actor.address,
    request_id: actor.requestId,
    key_user: key?.userId ?? null,
    key: key?.key ?? null,
    body_hash: key?.bodyHash.toString('hex') ?? null,
  };
}

const NAMES = Object.keys(COLUMNS).join(', ');

/**
 * Keys are claimed in their order, so that two groups wait for one another instead of for each other; the unique key makes a second
 * request wait for the first one's commit. Parameter: a JSON list of records.
 */
const STORE = `
  WITH job AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS j (${Object.entries(COLUMNS)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ')},
      event text, actor text, actor_id bigint, via text, address text, request_id text, key_user bigint, key text, body_hash text)
  ), claimed AS (
    INSERT INTO idempotency_key (user_id, key, body_hash, train_task_id)
    SELECT key_user, key, decode(body_hash, 'hex'), id FROM job WHERE key IS NOT NULL ORDER BY key_user, key
    ON CONFLICT DO NOTHING RETURNING train_task_id
  ), stored AS (
    INSERT INTO train_task (${NAMES}) SELECT ${NAMES} FROM job WHERE key IS NULL OR id = ANY(ARRAY(SELECT train_task_id FROM claimed))
    RETURNING *
  ), told AS (
    INSERT INTO task_event (train_task_id, type, actor, actor_id, why) SELECT job.id, job.event, job.actor, job.actor_id, job.note FROM job JOIN stored ON stored.id = job.id
  ), audited AS (
    INSERT INTO audit_log (actor_id, actor, via, address, request_id, action, subject_type, subject_id, subject)
    SELECT job.actor_id, job.actor, job.via, job.address, job.request_id, 'task.' || job.event, 'task', job.task_id::text, job.name FROM job JOIN stored ON stored.id = job.id
  )
  SELECT ${SUMMARY_COLUMNS}, t.note, t.config_source, t.config_format, t.config_file_name FROM stored t JOIN app_user u ON u.id = t.create_user`;
