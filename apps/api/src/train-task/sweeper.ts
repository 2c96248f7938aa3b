import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LEDGER_ACTOR } from '../audit/actor.js';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { settle } from './settlement.js';
import { TaskMoves } from './task-moves.js';

/**
 * Ends tasks that have been silent for so long that nobody can still be training them. Silence only counts while reports
 * could have been received: the time before this process listened, or while the database was away, is not held against a run.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Sweeper.name);
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();
  private listeningSince = performance.now();

  constructor(
    private readonly database: DataSource,
    private readonly moves: TaskMoves,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.listeningSince = performance.now();
    const seconds = Math.min(10, Math.max(0.25, this.config.lostAfter / 6));
    this.timer = setInterval(() => {
      this.turn = this.turn
        .then(() => this.sweep())
        .catch((error: unknown) => {
          this.listeningSince = performance.now();
          this.logger.warn({ err: error }, 'the sweep failed; silence is counted from now on');
        });
    }, seconds * 1000);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.turn;
  }

  async sweep(): Promise<void> {
    const listened = (performance.now() - this.listeningSince) / 1000;
    if (listened < this.config.lostAfter) return;
    const silent: { id: string }[] = await this.database.query(
      `SELECT id FROM train_task WHERE status = 'RUNNING' AND coalesce(last_seen_at, start_time) < now() - make_interval(secs => $1)`,
      [this.config.lostAfter],
    );
    for (const { id } of silent) await this.end(id);
  }

  /** The guard is repeated in the move: a report that came in meanwhile keeps the task alive. */
  private async end(id: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const still: unknown[] = await manager.query(
        `SELECT id FROM train_task WHERE id = $1 AND status = 'RUNNING' AND coalesce(last_seen_at, start_time) < now() - make_interval(secs => $2) FOR UPDATE`,
        [id, this.config.lostAfter],
      );
      if (still.length === 0) return;
      await this.moves.try(
        {
          id,
          move: 'fail',
          actor: LEDGER_ACTOR,
          event: 'failed',
          why: 'LOST',
          set: (bind) => [
            `failure_reason = 'LOST'`,
            `error_message = ${bind(`Nothing was heard of this run for ${this.config.lostAfter} seconds: its worker or host has died.`, 'text')}`,
            ...settle(null),
          ],
        },
        manager,
      );
    });
  }
}
