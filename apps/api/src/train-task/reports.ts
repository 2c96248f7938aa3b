import { Injectable } from '@nestjs/common';
import type { ExitReport, FailReport, FinishReport, Heartbeat, ReportAccepted, StartReport } from '@lora-ledger/contracts';
import { classifyFailure, decideOutcome, isTerminal, maskSecrets, type FailureReason, type TaskStatus } from '@lora-ledger/training';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import type { CalledTask } from '../auth/caller.js';
import { Problem } from '../problem.js';
import { settle } from './settlement.js';
import { conflict, TaskMoves } from './task-moves.js';

/**
 * What trainers and workers say about a run. The first terminal report wins; one that already took effect is a success
 * without effect, because trainers retry; anything else that comes too late is told that the state has moved on.
 */
@Injectable()
export class Reports {
  constructor(private readonly database: DataSource, private readonly moves: TaskMoves) {}

  /** Worker and trainer may both report a start: the second only adds what the first did not know. */
  async start(task: CalledTask, report: StartReport, actor: Actor): Promise<ReportAccepted> {
    const known = (bind: (value: unknown, type?: string) => string): string[] => [
      'last_seen_at = now()',
      `host = coalesce(t.host, ${bind(report.host ?? null, 'text')})`,
      `gpu = coalesce(t.gpu, ${bind(report.gpu ?? null, 'text')})`,
      `pid = coalesce(t.pid, ${bind(report.pid ?? null, 'bigint')})`,
      `log_path = coalesce(t.log_path, ${bind(report.logPath ?? null, 'text')})`,
      `total_steps = coalesce(${bind(report.totalSteps ?? null, 'bigint')}, t.total_steps)`,
      `environment = coalesce(t.environment, '{}') || ${bind(JSON.stringify(masked(report.env ?? {})), 'jsonb')}`,
    ];
    const moved = await this.moves.try({ id: task.id, move: 'start', actor, event: 'started', set: (bind) => ['start_time = now()', ...known(bind)] });
    if (moved !== null) return { status: moved.status, changed: true };
    const parameters: unknown[] = [task.id];
    const bind = (value: unknown, type = 'text'): string => `$${parameters.push(value)}::${type}`;
    const running: unknown[] = await this.database.query(
      `WITH again AS (UPDATE train_task t SET ${known(bind).join(', ')} WHERE id = $1 AND status = 'RUNNING' AND deleted_at IS NULL RETURNING id) SELECT id FROM again`, parameters,
    );
    if (running.length > 0) return { status: 'RUNNING', changed: false };
    throw conflict('start', await this.moves.statusOf(task.id));
  }

  async heartbeat(task: CalledTask): Promise<Heartbeat> {
    const alive: unknown[] = await this.database.query(
      `WITH beat AS (UPDATE train_task SET last_seen_at = now() WHERE id = $1 AND status = 'RUNNING' AND deleted_at IS NULL RETURNING id) SELECT id FROM beat`, [task.id],
    );
    if (alive.length > 0) return { cancelRequested: false };
    // A trainer that has reported its own end may still be saving files: only a run that others have ended is stopped.
    const [ended]: { n: number }[] = await this.database.query(`SELECT 1 AS n FROM train_task WHERE id = $1 AND (status = 'CANCELLED' OR failure_reason = 'LOST' OR deleted_at IS NOT NULL)`, [task.id]);
    return { cancelRequested: ended !== undefined };
  }

  async finish(task: CalledTask, report: FinishReport, actor: Actor): Promise<ReportAccepted> {
    return this.database.transaction(async (manager) => {
      await closingValues(manager, task.id, report.metrics ?? {});
      const moved = await this.moves.try({
        id: task.id, move: 'finish', actor, event: 'finished',
        set: (bind) => ['progress = 1', 'last_seen_at = now()', `output = ${bind(report.output ?? null, 'text')}`, ...settle(bind(report.gpuSeconds ?? null, 'double precision'))],
      }, manager);
      return moved === null ? this.repeated('finish', 'SUCCESS', task, manager) : { status: moved.status, changed: true };
    });
  }

  async fail(task: CalledTask, { error, reason, gpuSeconds }: FailReport, actor: Actor): Promise<ReportAccepted> {
    const cause = reason ?? classifyFailure(error) ?? 'UNKNOWN';
    const moved = await this.settleFailure(task, cause, error, actor, gpuSeconds ?? null);
    return moved ?? this.repeated('fail', 'FAILED', task, this.database.manager);
  }

  /**
   * The worker's closing report. Exit code and files are kept beside whatever the trainer itself reported;
   * only when it reported nothing do they decide how the task ended.
   */
  async exit(task: CalledTask, report: ExitReport, actor: Actor): Promise<ReportAccepted> {
    return this.database.transaction(async (manager) => {
      await keepExit(manager, task.id, report);
      const status = await this.moves.statusOf(task.id, manager);
      if (isTerminal(status)) return { status, changed: false };
      const gpuSeconds = report.gpuSeconds ?? null;
      if (report.launchFailed === true || status === 'PENDING') {
        const moved = await this.settleFailure(task, 'LAUNCH', report.lastLines || 'The trainer could not be started.', actor, gpuSeconds, manager);
        return moved ?? { status: await this.moves.statusOf(task.id, manager), changed: false };
      }
      const outcome = decideOutcome({ exitCode: report.exitCode ?? null, signal: report.signal ?? null, hasFreshOutput: report.hasFreshOutput, lastLines: report.lastLines });
      const moved = outcome.status === 'FAILED'
        ? await this.settleFailure(task, outcome.reason, outcome.error, actor, gpuSeconds, manager)
        : await this.moves.try({
          id: task.id, move: 'finish', actor, event: 'finished', why: 'exit code 0 and a new output file',
          set: (bind) => ['progress = 1', `output = ${bind(report.outputFiles[0]?.path ?? null, 'text')}`, ...settle(bind(gpuSeconds, 'double precision'))],
        }, manager);
      // A report of the trainer's own may have come in between: it was first, and stands.
      return moved === null ? { status: await this.moves.statusOf(task.id, manager), changed: false } : { status: moved.status, changed: true };
    });
  }

  /** PENDING → FAILED exists for one cause only: the trainer could not be started. */
  private async settleFailure(
    task: CalledTask, reason: FailureReason, error: string, actor: Actor, gpuSeconds: number | null, manager: EntityManager = this.database.manager,
  ): Promise<ReportAccepted | null> {
    const moved = await this.moves.try({
      id: task.id, move: reason === 'LAUNCH' ? 'launchFailed' : 'fail', actor, event: 'failed', why: reason,
      set: (bind) => [
        `failure_reason = ${bind(reason, 'text')}`, `error_message = ${bind(maskSecrets(error.replaceAll('\0', '\ufffd')), 'text')}`, ...settle(bind(gpuSeconds, 'double precision')),
      ],
    }, manager);
    return moved === null ? null : { status: moved.status, changed: true };
  }

  private async repeated(move: 'finish' | 'fail', took: TaskStatus, task: CalledTask, manager: EntityManager): Promise<ReportAccepted> {
    const status = await this.moves.statusOf(task.id, manager);
    if (status === took) return { status, changed: false };
    const refused = conflict(move, status);
    throw status === 'PENDING' ? new Problem(refused.code, `${refused.detail} Send "start" first.`, refused.more) : refused;
  }
}

/** Closing values count as points at the last step, so that they stand with the other metrics. */
async function closingValues(manager: EntityManager, id: string, metrics: Readonly<Record<string, unknown>>): Promise<void> {
  const values = Object.entries(metrics).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[0].length <= 200);
  if (values.length === 0) return;
  await manager.query(
    `WITH added AS (
       INSERT INTO metric_point (train_task_id, key, step, value, at)
       SELECT t.id, p.key, coalesce(t.current_step, 0), p.value, now()
       FROM train_task t, unnest($2::text[], $3::double precision[]) AS p (key, value)
       WHERE t.id = $1 AND t.status = 'RUNNING' ON CONFLICT DO NOTHING RETURNING train_task_id, key, step, value)
     INSERT INTO metric_summary AS s (train_task_id, key, first_step, first_value, last_step, last_value, min_value, max_value, count)
     SELECT train_task_id, key, step, value, step, value, value, value, 1 FROM added
     ON CONFLICT (train_task_id, key) DO UPDATE SET
       last_step = excluded.last_step, last_value = excluded.last_value, count = s.count + 1,
       min_value = least(s.min_value, excluded.min_value), max_value = greatest(s.max_value, excluded.max_value)`,
    [id, values.map(([key]) => key), values.map(([, value]) => value)],
  );
}

async function keepExit(manager: EntityManager, id: string, { exitCode, signal, outputFiles, gpuSeconds }: ExitReport): Promise<void> {
  await manager.query(
    `UPDATE train_task t SET exit_code = coalesce(exit_code, $2), exit_signal = coalesce(exit_signal, $3),
       gpu_seconds = coalesce($4, gpu_seconds), cost = cost_per_hour * coalesce($4, gpu_seconds) / 3600 WHERE id = $1`,
    [id, exitCode ?? null, signal ?? null, gpuSeconds ?? null],
  );
  await manager.query('UPDATE launch SET ended_at = now() WHERE train_task_id = $1 AND ended_at IS NULL', [id]);
  if (outputFiles.length === 0) return;
  await manager.query(
    `INSERT INTO output_file (train_task_id, path, size, sha256) SELECT $1, f.* FROM unnest($2::text[], $3::bigint[], $4::text[]) AS f
     ON CONFLICT (train_task_id, path) DO UPDATE SET size = excluded.size, sha256 = excluded.sha256`,
    [id, outputFiles.map((file) => file.path), outputFiles.map((file) => file.size), outputFiles.map((file) => file.sha256)],
  );
}

/** What a trainer tells about its environment may contain what must not be kept. */
function masked(environment: object): object {
  return JSON.parse(maskSecrets(JSON.stringify(environment))) as object;
}
