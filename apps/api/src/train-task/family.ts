import { Injectable } from '@nestjs/common';
import { EDGE_CHANGES_MAX, FAMILY_MAX, type FamilyMember, type FamilyTree, type ParameterChange } from '@lora-ledger/contracts';
import { canonicalJson, type JsonValue, type TaskStatus } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import type { CalledTask, UserCaller } from '../auth/caller.js';
import { visibleTasks } from '../auth/visibility.js';
import { Where } from '../database/where.js';

interface Row {
  taskId: string;
  parent: string | null;
  familyId: string;
  clonedFrom: string | null;
  name: string;
  status: TaskStatus;
  attempt: number;
  finalLoss: number | null;
  createUser: string;
  createdAt: string;
  note: string | null;
  config: Record<string, JsonValue>;
  extra: Record<string, JsonValue>;
}

const GENERATIONS_UP = 8;
const GENERATIONS_DOWN = 5;
/** A value may be a whole file of settings. */
const VALUE_MAX = 300;

/** The family trees of tasks: clones and retries of what the caller may see, each with what it changed. */
@Injectable()
export class Families {
  constructor(private readonly database: DataSource) {}

  /** The line a task descends from, then everything that came of its parent: attempts, siblings, clones. */
  async around(task: CalledTask, caller: UserCaller): Promise<FamilyTree> {
    const where = new Where();
    const me = where.bind(task.id, 'bigint');
    const visible = (alias: string): string => `(${alias}.deleted_at IS NULL AND ${visibleTasks(where, caller, alias, 'all')})`;
    // The task itself is shown also from the trash; what led to it is the attempt before, else the task it was cloned from.
    const parentOf = (child: string): string => `(
      SELECT p.* FROM train_task p WHERE ${visible('p')} AND ((p.family_id = ${child}.family_id AND p.attempt < ${child}.attempt) OR p.task_id = ${child}.cloned_from)
      ORDER BY p.family_id = ${child}.family_id DESC, p.attempt DESC LIMIT 1)`;
    const rows: Row[] = await this.database.query(
      `WITH RECURSIVE up AS (
         SELECT t.id, t.task_id, t.family_id, t.attempt, t.cloned_from, 0 AS height FROM train_task t WHERE t.id = ${me}
         UNION ALL
         SELECT p.id, p.task_id, p.family_id, p.attempt, p.cloned_from, up.height + 1 FROM up, LATERAL ${parentOf('up')} p WHERE up.height < ${GENERATIONS_UP}
       ), down AS (
         SELECT id, task_id, family_id, attempt, 0 AS depth FROM up WHERE height = least(1, (SELECT max(height) FROM up))
         UNION ALL
         SELECT c.id, c.task_id, c.family_id, c.attempt, down.depth + 1 FROM down JOIN train_task c
           ON ((c.family_id = down.family_id AND c.attempt > down.attempt) OR c.cloned_from = down.task_id) AND (c.id = ${me} OR ${visible('c')})
         , LATERAL ${parentOf('c')} p WHERE p.id = down.id AND down.depth < ${GENERATIONS_DOWN}
       ), chosen AS (
         SELECT id, min(far) AS far FROM (SELECT id, height AS far FROM up UNION ALL SELECT id, depth FROM down) near GROUP BY id ORDER BY 2, id DESC LIMIT ${FAMILY_MAX + 1}
       )
       SELECT t.task_id AS "taskId", p.task_id AS parent, t.family_id AS "familyId", t.cloned_from AS "clonedFrom", t.name, t.status, t.attempt,
         nullif(t.final_loss, 'NaN') AS "finalLoss", u.username AS "createUser", to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt", t.note,
         jsonb_build_object('trainer', t.trainer, ${CONFIG}) AS config, t.extra_params AS extra
       FROM chosen JOIN train_task t ON t.id = chosen.id JOIN app_user u ON u.id = t.create_user LEFT JOIN LATERAL ${parentOf('t')} p ON TRUE
       ORDER BY t.id`,
      where.parameters,
    );
    const shown = rows.slice(0, FAMILY_MAX);
    const byId = new Map(shown.map((row) => [row.taskId, row]));
    return {
      items: shown.map((row) => present(row, row.parent === null ? undefined : byId.get(row.parent))),
      isCut: rows.length > FAMILY_MAX,
    };
  }
}

const CONFIG = Object.entries({
  modelName: 'model_name',
  modelPath: 'model_path',
  loraRank: 'lora_rank',
  loraAlpha: 'lora_alpha',
  learningRate: 'learning_rate',
  batchSize: 'batch_size',
  epochs: 'epochs',
  maxSteps: 'max_steps',
  seed: 'seed',
  trainDataDir: 'train_data_dir',
  metadataPath: 'metadata_path',
  outputPath: 'output_path',
  incremental: 'incremental',
  resumeFrom: 'resume_from',
})
  .map(([name, column]) => `'${name}', t.${column}`)
  .join(', ');

function present(row: Row, parent: Row | undefined): FamilyMember {
  const { taskId, name, status, attempt, finalLoss, createUser, createdAt, note } = row;
  const changes = parent === undefined ? [] : changesBetween(parent, row);
  return {
    taskId,
    parent: parent?.taskId ?? null,
    edge: parent === undefined ? null : parent.familyId === row.familyId ? 'retry' : 'clone',
    hasHiddenOrigin: row.clonedFrom !== null && row.parent === null,
    name,
    status,
    attempt,
    finalLoss,
    createUser,
    createdAt,
    note,
    changes: changes.slice(0, EDGE_CHANGES_MAX),
    changeCount: changes.length,
  };
}

function changesBetween(parent: Row, child: Row): ParameterChange[] {
  // What begins with "$" notes how a file spelled things: no parameter of the training.
  const extraKeys = [...new Set([...Object.keys(parent.extra), ...Object.keys(child.extra)])].filter((key) => !key.startsWith('$')).sort();
  const pairs = [
    ...Object.keys(child.config).map((path) => ({ path, from: parent.config[path] ?? null, to: child.config[path] ?? null })),
    ...extraKeys.map((key) => ({ path: `extraParams.${key}`, from: parent.extra[key] ?? null, to: child.extra[key] ?? null })),
  ];
  return pairs
    .filter(({ from, to }) => canonicalJson(from) !== canonicalJson(to))
    .map(({ path, from, to }) => ({ path, from: short(from), to: short(to) }));
}

function short(value: JsonValue): JsonValue {
  const json = JSON.stringify(value);
  return json.length <= VALUE_MAX ? value : `${json.slice(0, VALUE_MAX)}…`;
}
