import { Injectable } from '@nestjs/common';
import type { ExitReport, FailReport, FinishReport, Heartbeat, ReportAccepted, StartReport } from '@lora-ledger/contracts';
import {
  classifyFailure,
  decideOutcome,
  isSecretKey,
  isTerminal,
  maskSecrets,
  type FailureReason,
  type Outcome,
  type TaskStatus,
} from '@lora-ledger/training';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import type { CalledTask } from '../auth/caller.js';
import { Problem } from '../problem.js';
import { storeClosingValues } from './closing-values.js';
import { settle } from './settlement.js';
import { conflict, notStarted, TaskMoves, type MoveRequest } from './task-moves.js';

const ENVIRONMENT_MAX = 256 * 1024;

/**
 * What trainers and workers say about a run. The first terminal report wins; one that already took effect is a success
 * without effect, because trainers retry; anything else that comes too late is told that the state has moved on.
 */
@Injectable()
export class Reports {
  constructor(
    private readonly database: DataSource,
    private readonly moves: TaskMoves,
  ) {}

  /** Worker and trainer may both report a start: the second only adds what the first did not know. */
  async start(task: CalledTask, report: StartReport, actor: Actor): Promise<ReportAccepted> {
    const environment = JSON.stringify(masked(report.env ?? {}));
    if (environment.length > ENVIRONMENT_MAX)
      throw new Problem('TOO_LARGE', `env must stay below ${ENVIRONMENT_MAX} characters: leave out what explains nothing.`, {
        reason: 'bodyTooLarge',
      });
    const known = (bind: (value: unknown, type?: string) => string): string[] => [
      'last_seen_at = now()',
      `host = coalesce(t.host, ${bind(report.host ?? null, 'text')})`,
      `gpu = coalesce(t.gpu, ${bind(report.gpu ?? null, 'text')})`,
      `pid = coalesce(t.pid, ${bind(report.pid ?? null, 'bigint')})`,
      `log_path = coalesce(t.log_path, ${bind(report.logPath ?? null, 'text')})`,
      `total_steps = coalesce(${bind(report.totalSteps ?? null, 'bigint')}, t.total_steps)`,
      `environment = coalesce(t.environment, '{}') || ${bind(environment, 'jsonb')}`,
    ];
    const moved = await this.moves.try({
      id: task.id,
      move: 'start',
      actor,
      event: 'started',
      set: (bind) => ['start_time = now()', ...known(bind)],
    });
    if (moved !== null) return { status: moved.status, changed: true };
    const parameters: unknown[] = [task.id];
    const bind = (value: unknown, type = 'text'): string => `$${parameters.push(value)}::${type}`;
    const running: unknown[] = await this.database.query(
      `WITH again AS (UPDATE train_task t SET ${known(bind).join(', ')} WHERE id = $1 AND status = 'RUNNING' AND deleted_at IS NULL RETURNING id) SELECT id FROM again`,
      parameters,
    );
    if (running.length > 0) return { status: 'RUNNING', changed: false };
    throw conflict('start', await this.moves.statusOf(task.id));
  }

  async heartbeat(task: CalledTask): Promise<Heartbeat> {
    const alive: unknown[] = await this.database.query(
      `WITH beat AS (UPDATE train_task SET last_seen_at = now() WHERE id = $1 AND status = 'RUNNING' AND deleted_at IS NULL RETURNING id) SELECT id FROM beat`,
      [task.id],
    );
    if (alive.length > 0) return { cancelRequested: false };
    // A trainer that has reported its own end may still be saving files: only a run that others have ended is stopped.
    const [now]: { status: TaskStatus; unwanted: boolean | null }[] = await this.database.query(
      `SELECT status, status = 'CANCELLED' OR deleted_at IS NOT NULL OR failure_reason = 'LOST' AS unwanted FROM train_task WHERE id = $1`,
      [task.id],
    );
    if (now?.status === 'PENDING' && now.unwanted !== true) throw notStarted();
    return { cancelRequested: now?.unwanted === true };
  }

  async finish(task: CalledTask, report: FinishReport, actor: Actor): Promise<ReportAccepted> {
    return this.database.transaction(async (manager) => {
      await storeClosingValues(manager, task.id, report.metrics ?? {});
      const moved = await this.moves.try(
        {
          id: task.id,
          move: 'finish',
          actor,
          event: 'finished',
          set: (bind) => [
            'progress = 1',
            'last_seen_at = now()',
            `output = ${bind(report.output ?? null, 'text')}`,
            ...settle(bind(report.gpuSeconds ?? null, 'double precision')),
          ],
        },
        manager,
      );
      return moved === null ? this.repeated('finish', 'SUCCESS', task, manager) : { status: moved.status, changed: true };
    });
  }

  async fail(task: CalledTask, { error, reason, gpuSeconds }: FailReport, actor: Actor): Promise<ReportAccepted> {
    const cause = reason ?? classifyFailure(error) ?? 'UNKNOWN';
    const moved = await this.settleFailure(
      task,
      cause,
      error.trim() || 'The trainer failed and did not say why.',
      actor,
      gpuSeconds ?? null,
    );
    return moved ?? this.repeated('fail', 'FAILED', task);
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
      const outcome = outcomeOf(report, status);
      const moved =
        outcome.status === 'FAILED'
          ? await this.settleFailure(task, outcome.reason, outcome.error, actor, gpuSeconds, manager)
          : await this.moves.try(
              {
                id: task.id,
                move: 'finish',
                actor,
                event: 'finished',
                why: 'exit code 0 and a new output file',
                set: (bind) => [
                  'progress = 1',
                  `output = ${bind(report.outputFiles[0]?.path ?? null, 'text')}`,
                  ...settle(bind(gpuSeconds, 'double precision')),
                ],
              },
              manager,
            );
      return moved === null ? { status, changed: false } : { status: moved.status, changed: true };
    });
  }

  /** PENDING → FAILED exists for one cause only: the trainer could not be started. */
  private async settleFailure(
    task: CalledTask,
    reason: FailureReason,
    error: string,
    actor: Actor,
    gpuSeconds: number | null,
    manager?: EntityManager,
  ): Promise<ReportAccepted | null> {
    const request: Omit<MoveRequest, 'move'> = {
      id: task.id,
      actor,
      event: 'failed',
      why: reason,
      set: (bind) => [
        `failure_reason = ${bind(reason, 'text')}`,
        `error_message = ${bind(maskSecrets(error.replaceAll('\0', '\ufffd')), 'text')}`,
        ...settle(bind(gpuSeconds, 'double precision')),
      ],
    };
    const unlaunched = reason === 'LAUNCH' ? await this.moves.try({ ...request, move: 'launchFailed' }, manager) : null;
    const moved = unlaunched ?? (await this.moves.try({ ...request, move: 'fail' }, manager));
    return moved === null ? null : { status: moved.status, changed: true };
  }

  private async repeated(move: 'finish' | 'fail', took: TaskStatus, task: CalledTask, manager?: EntityManager): Promise<ReportAccepted> {
    const status = await this.moves.statusOf(task.id, manager);
    if (status === took) return { status, changed: false };
    throw status === 'PENDING' ? notStarted() : conflict(move, status);
  }
}

function outcomeOf({ exitCode = null, signal = null, launchFailed, hasFreshOutput, lastLines }: ExitReport, status: TaskStatus): Outcome {
  if (launchFailed === true || status === 'PENDING')
    return { status: 'FAILED', reason: 'LAUNCH', error: lastLines.trim() || 'The trainer could not be started.' };
  return decideOutcome({ exitCode, signal, hasFreshOutput, lastLines });
}

async function keepExit(manager: EntityManager, id: string, { exitCode, signal, outputFiles, gpuSeconds }: ExitReport): Promise<void> {
  await manager.query(
    `UPDATE train_task t SET exit_code = coalesce(exit_code, $2), exit_signal = coalesce(exit_signal, $3),
       gpu_seconds = coalesce($4, gpu_seconds), cost = cost_per_hour * coalesce($4, gpu_seconds) / 3600 WHERE id = $1`,
    [id, exitCode ?? null, signal ?? null, gpuSeconds ?? null],
  );
  await manager.query('UPDATE launch SET ended_at = now() WHERE train_task_id = $1 AND ended_at IS NULL', [id]);
  const files = [...new Map(outputFiles.map((file) => [file.path, file])).values()];
  if (files.length === 0) return;
  await manager.query(
    `INSERT INTO output_file (train_task_id, path, size, sha256) SELECT $1, f.* FROM unnest($2::text[], $3::bigint[], $4::text[]) AS f
     ON CONFLICT (train_task_id, path) DO UPDATE SET size = excluded.size, sha256 = excluded.sha256`,
    [id, files.map((file) => file.path), files.map((file) => file.size), files.map((file) => file.sha256)],
  );
}

/** What a trainer tells about its environment may contain what must not be kept. Value by value: masking the JSON as one text could cut through its syntax. */
function masked(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return isSecretKey(key) ? '*'.repeat(8) : maskSecrets(value);
  if (Array.isArray(value)) return value.map((item) => masked(item, key));
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, child]) => [name, masked(child, name)]))
    : value;
}
