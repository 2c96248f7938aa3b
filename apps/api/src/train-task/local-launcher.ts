import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { LEDGER_ACTOR } from '../audit/actor.js';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { Dispatch, type Claim } from './dispatch.js';
import { isAlive, spawnWorker, startMark, stopLeftOver, workerOf, type WorkerProcess } from './local-process.js';
import { settle } from './settlement.js';
import { TaskMoves } from './task-moves.js';

const POLL_MS = 1000;
/** Seconds between taking a task and knowing its worker's pid; longer means this process died in between. */
const SPAWN_SECONDS = 30;
/** A worker that dies before its trainer has started is replaced this often before the task is given up. */
const MAX_TRIES = 3;

interface OpenLaunch {
  id: string;
  taskId: string;
  status: string;
  workerPid: number | null;
  workerStarted: string | null;
  claimedAgo: number;
  tries: number;
}

/**
 * Runs waiting tasks on this host, as many at once as there are slots. Workers are processes of their own that outlive
 * this one: after a restart the launcher finds them again by what it wrote down.
 */
@Injectable()
export class LocalLauncher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LocalLauncher.name);
  private claimedBy = '';
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();
  private isTurnWaiting = false;
  private isStopping = false;
  /** Row ids of launches whose worker is gone, and after whom was cleared up. */
  private readonly clearedUp = new Set<string>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: DataSource,
    private readonly dispatch: Dispatch,
    private readonly moves: TaskMoves,
    private readonly adapter: HttpAdapterHost,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.localSlots === 0) return;
    this.claimedBy = await this.identity();
    this.dispatch.onPoke(() => this.look());
    this.timer = setInterval(() => this.look(), POLL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.turn;
  }

  /** One turn at a time; a poke during a turn asks for one more after it. */
  private look(): void {
    if (this.isTurnWaiting || this.isStopping) return;
    this.isTurnWaiting = true;
    this.turn = this.turn
      .then(async () => {
        this.isTurnWaiting = false;
        if (!this.isStopping && this.server().listening) await this.takeTurn();
      })
      .catch((error: unknown) => this.logger.warn({ err: error }, 'looking for work failed; the next turn tries again'));
  }

  private async takeTurn(): Promise<void> {
    await this.reap();
    for (;;) {
      const claim = await this.dispatch.claim('local', this.claimedBy, this.config.localSlots);
      if (claim === null || this.isStopping) return;
      await this.launch(claim);
    }
  }

  private async launch({ id, taskId, token }: Claim): Promise<void> {
    try {
      const pid = await spawnWorker(this.config, taskId, token, this.address());
      await this.note(id, { pid, started: await startMark(pid) });
    } catch (error) {
      this.logger.error({ err: error, taskId }, 'the worker could not be started');
      await this.giveUp(id, `The worker could not be started: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /**
   * Looks after launches whose worker is gone. What it left behind is ended at once: a training that nobody accompanies can
   * neither be cancelled nor tell how it ended. The record is settled by the sweeper, and only then is the slot free.
   */
  private async reap(): Promise<void> {
    const open: OpenLaunch[] = await this.database.query(OPEN, [this.claimedBy]);
    for (const launch of open) {
      if (await this.isAccompanied(launch)) continue;
      await this.clearUp(launch);
      if (launch.status === 'RUNNING') continue;
      if (launch.status === 'PENDING' && launch.tries >= MAX_TRIES)
        await this.giveUp(
          launch.id,
          `The worker ended ${launch.tries} times before it had started the trainer. Its own output is in worker.log of the workspace.`,
        );
      else await this.free(launch.id);
    }
  }

  /** A worker whose pid was not noted, because this process was killed right after starting it, has noted it in its workspace. */
  private async isAccompanied({ id, taskId, workerPid, workerStarted, claimedAgo }: OpenLaunch): Promise<boolean> {
    if (workerPid !== null) return isAlive({ pid: workerPid, started: workerStarted });
    if (claimedAgo < SPAWN_SECONDS) return true;
    const worker = await workerOf(this.config, taskId);
    if (worker === null || !(await isAlive(worker))) return false;
    await this.note(id, worker);
    return true;
  }

  private async clearUp({ id, taskId }: OpenLaunch): Promise<void> {
    if (this.clearedUp.has(id)) return;
    this.clearedUp.add(id);
    await stopLeftOver(this.config, taskId).catch((error: unknown) =>
      this.logger.error({ err: error, taskId }, 'what a killed worker left behind could not be ended'),
    );
  }

  private async note(id: string, { pid, started }: WorkerProcess): Promise<void> {
    await this.database.query('UPDATE launch SET worker_pid = $2, worker_started = $3 WHERE train_task_id = $1', [id, pid, started]);
  }

  private async giveUp(id: string, error: string): Promise<void> {
    await this.moves.try({
      id,
      move: 'launchFailed',
      actor: LEDGER_ACTOR,
      event: 'failed',
      why: 'LAUNCH',
      set: (bind) => [`failure_reason = 'LAUNCH'`, `error_message = ${bind(error, 'text')}`, ...settle(null)],
    });
    await this.free(id);
  }

  private async free(id: string): Promise<void> {
    this.clearedUp.delete(id);
    await this.database.query('UPDATE launch SET ended_at = now() WHERE train_task_id = $1 AND ended_at IS NULL', [id]);
  }

  /** Kept in the data folder: whoever serves this folder after a restart is the same launcher and has the same slots. */
  private async identity(): Promise<string> {
    const file = join(this.config.dataDir, 'launcher-id');
    await mkdir(this.config.dataDir, { recursive: true });
    await writeFile(file, `local-${randomUUID()}\n`, { flag: 'wx' }).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
    return (await readFile(file, 'utf8')).trim();
  }

  /** The framework hands its server out untyped. */
  private server(): Server {
    return this.adapter.httpAdapter.getHttpServer() as Server;
  }

  private address(): string {
    const address = this.server().address();
    const port = typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : this.config.port;
    const host = ['0.0.0.0', '::', ''].includes(this.config.host) ? '127.0.0.1' : this.config.host;
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }
}

const OPEN = `
  SELECT l.train_task_id AS id, t.task_id AS "taskId", t.status, l.worker_pid AS "workerPid", l.worker_started AS "workerStarted",
    extract(epoch FROM now() - l.claimed_at)::float8 AS "claimedAgo", l.tries
  FROM launch l JOIN train_task t ON t.id = l.train_task_id WHERE l.claimed_by = $1 AND l.ended_at IS NULL`;
