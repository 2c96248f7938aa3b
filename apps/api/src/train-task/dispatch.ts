import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TaskTokens } from '../auth/task-tokens.js';

/** A waiting task that was handed to a launcher, with the token its worker reports with. */
export interface Claim {
  id: string;
  taskId: string;
  token: string;
  tries: number;
}

/** Hands waiting tasks to launchers, oldest first, each exactly once however many instances ask. */
@Injectable()
export class Dispatch {
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly database: DataSource,
    private readonly tokens: TaskTokens,
  ) {}

  /** Something may be waiting: launchers of this process look now instead of at their next turn. */
  poke(): void {
    for (const listener of this.listeners) listener();
  }

  onPoke(listener: () => void): void {
    this.listeners.add(listener);
  }

  /**
   * @param claimedBy name of the launcher; several processes may share it, they then share its slots
   * @returns `null` when nothing waits or all slots are taken
   */
  async claim(launcher: string, claimedBy: string, slots: number): Promise<Claim | null> {
    return this.database.transaction(async (manager) => {
      // Counting slots and taking one must not interleave with another process of the same launcher.
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`launcher ${claimedBy}`]);
      const [{ taken }]: [{ taken: number }] = await manager.query(
        'SELECT count(*)::int AS taken FROM launch WHERE claimed_by = $1 AND ended_at IS NULL',
        [claimedBy],
      );
      if (taken >= slots) return null;
      const [claimed]: { id: string; taskId: string; tries: number }[] = await manager.query(CLAIM, [launcher, claimedBy]);
      return claimed === undefined ? null : { ...claimed, token: await this.tokens.mint(claimed.id, manager) };
    });
  }
}

const CLAIM = `
  WITH next AS (
    SELECT t.id, t.task_id FROM train_task t
    WHERE t.status = 'PENDING' AND t.deleted_at IS NULL
      AND NOT EXISTS (SELECT FROM launch l WHERE l.train_task_id = t.id AND l.ended_at IS NULL)
    ORDER BY t.id LIMIT 1 FOR UPDATE SKIP LOCKED
  ), claimed AS (
    INSERT INTO launch AS l (train_task_id, launcher, claimed_by) SELECT id, $1, $2 FROM next
    ON CONFLICT (train_task_id) DO UPDATE SET
      launcher = excluded.launcher, claimed_by = excluded.claimed_by, claimed_at = now(), ended_at = NULL, worker_pid = NULL, worker_started = NULL, tries = l.tries + 1
      -- Another launcher may have taken it since this statement began: then there is no claim.
      WHERE l.ended_at IS NOT NULL
    RETURNING l.train_task_id, l.tries
  )
  SELECT next.id, next.task_id AS "taskId", claimed.tries FROM next JOIN claimed ON claimed.train_task_id = next.id`;
