import { Inject, Injectable } from '@nestjs/common';
import type { MetricSummary, OutputFile, Recovered, RelatedTask, TrainTaskDetail } from '@lora-ledger/contracts';
import type { JsonObject } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import type { UserCaller } from '../auth/caller.js';
import { visibleTasks } from '../auth/visibility.js';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { prepared } from '../database/prepared.js';
import { Where } from '../database/where.js';
import { Problem } from '../problem.js';
import type { NewTaskRow } from './new-tasks.js';
import { presentSummary, SUMMARY_COLUMNS, type SummaryRow } from './present.js';

type DetailRow = SummaryRow & {
  note: string | null;
  config_source: string | null;
  config_format: string | null;
  config_file_name: string | null;
  environment: JsonObject | null;
  output: string | null;
  log_path: string | null;
  recovered: Recovered | null;
  log_size: string;
  files: OutputFile[];
  metrics: MetricSummary[];
  family: RelatedTask[];
  clones: RelatedTask[];
};

/** One task with all that belongs to it, in one round trip. */
@Injectable()
export class TaskDetail {
  constructor(
    private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Problem NOT_FOUND also for what the caller may not see */
  async of(taskId: string, caller: UserCaller): Promise<TrainTaskDetail> {
    const where = new Where();
    where.and(`t.task_id = ${where.bind(taskId, 'uuid')}`).and(visibleTasks(where, caller, 't', 'all'));
    const [row] = await prepared<DetailRow>(
      this.database,
      `detail for ${caller.role}`,
      `SELECT ${SUMMARY_COLUMNS}, t.note, t.config_source, t.config_format, t.config_file_name, t.environment, t.output, t.log_path, t.recovered,
         coalesce((SELECT start_offset + length(body) FROM task_log g WHERE g.train_task_id = t.id ORDER BY start_offset DESC LIMIT 1), 0) AS log_size,
         ${FILES} AS files, ${METRICS} AS metrics,
         ${related(where, caller, 'r.family_id = t.family_id', 'r.attempt')} AS family,
         ${related(where, caller, 'r.cloned_from = t.task_id', 'r.id')} AS clones
       FROM train_task t JOIN app_user u ON u.id = t.create_user ${where.sql}`,
      where.parameters,
    );
    if (row === undefined) throw Problem.notFound();
    return this.present(row, caller);
  }

  /** A task that has just been submitted, and has nothing but itself yet: no need to ask for the rest. */
  ofNew(row: NewTaskRow, caller: UserCaller): TrainTaskDetail {
    const itself = {
      taskId: row.task_id,
      name: row.name,
      status: row.status,
      attempt: row.attempt,
      finalLoss: null,
      createdAt: row.created_at.toISOString(),
    };
    return this.present(
      {
        ...row,
        environment: null,
        output: null,
        log_path: null,
        recovered: null,
        log_size: '0',
        files: [],
        metrics: [],
        family: [itself],
        clones: [],
      },
      caller,
    );
  }

  private present(row: DetailRow, caller: UserCaller): TrainTaskDetail {
    return {
      ...presentSummary(row, caller, this.config.stalledAfter),
      note: row.note,
      configSource:
        row.config_source === null
          ? null
          : { text: row.config_source, format: row.config_format ?? 'ledger', fileName: row.config_file_name },
      logPath: row.log_path,
      logSize: Number(row.log_size),
      environment: row.environment,
      output: row.output,
      recovered: row.recovered,
      outputFiles: row.files,
      metrics: row.metrics,
      family: row.family,
      clones: row.clones,
    };
  }
}

const FILES = `coalesce((
  SELECT json_agg(json_build_object('path', f.path, 'size', f.size, 'sha256', f.sha256) ORDER BY f.path) FROM output_file f WHERE f.train_task_id = t.id), '[]')`;

/** `to_json` writes NaN and infinities as text, which is what the contract says. */
export const METRICS = `coalesce((
  SELECT json_agg(json_build_object('key', s.key, 'last', CASE WHEN s.last_value IN ('NaN', 'Infinity', '-Infinity') THEN to_json(s.last_value::text) ELSE to_json(s.last_value) END,
    'min', s.min_value, 'max', s.max_value, 'count', s.count, 'lastStep', s.last_step) ORDER BY s.key)
  FROM metric_summary s WHERE s.train_task_id = t.id), '[]')`;

/** Relatives that the caller may see; others stay unmentioned. */
function related(where: Where, caller: UserCaller, condition: string, order: string): string {
  return `coalesce((
    SELECT json_agg(json_build_object('taskId', x.task_id, 'name', x.name, 'status', x.status, 'attempt', x.attempt,
      'finalLoss', nullif(x.final_loss, 'NaN'), 'createdAt', to_char(x.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
    FROM (SELECT r.* FROM train_task r WHERE ${condition} AND r.deleted_at IS NULL AND ${visibleTasks(where, caller, 'r', 'all')} ORDER BY ${order} LIMIT 100) x), '[]')`;
}
