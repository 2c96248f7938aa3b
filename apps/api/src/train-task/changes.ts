import { Injectable } from '@nestjs/common';
import type { PatchTrainTask } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { changesBetween } from '../audit/changes.js';
import type { CalledTask } from '../auth/caller.js';
import { Problem } from '../problem.js';
import { TaskChangeFeed } from '../stream/task-change-feed.js';
import { refuseSecrets } from './prose.js';
import { settle } from './settlement.js';
import { TaskHistory } from './task-history.js';
import { TaskMoves } from './task-moves.js';
import { TrainTask } from './train-task.entity.js';

/** What people do to a task that exists: describe it, stop it, throw it away, take it back. Its configuration never changes. */
@Injectable()
export class TaskChanges {
  constructor(
    private readonly database: DataSource,
    private readonly moves: TaskMoves,
    private readonly history: TaskHistory,
    private readonly feed: TaskChangeFeed,
  ) {}

  async describe(task: CalledTask, { name, description, tags }: PatchTrainTask, actor: Actor): Promise<void> {
    const wanted = {
      ...(name == null ? {} : { name: name.trim() }),
      ...(description === undefined ? {} : { description }),
      ...(tags == null ? {} : { tags: [...new Set(tags)] }),
    };
    refuseSecrets(wanted);
    await this.database.transaction(async (manager) => {
      const before = await manager.findOneOrFail(TrainTask, {
        where: { id: task.id },
        withDeleted: true,
        lock: { mode: 'pessimistic_write' },
      });
      const changes = changesBetween(before, wanted);
      const fields = Object.keys(changes);
      if (fields.length === 0) return;
      await manager.update(TrainTask, { id: task.id }, wanted);
      await this.history.add(task.id, 'edited', actor, fields.join(', '), manager, changes);
    });
    this.feed.mark(task.id);
  }

  /** The record is settled at once; the trainer is told by the worker's next heartbeat and stopped with its whole process group. */
  async cancel(task: CalledTask, actor: Actor): Promise<void> {
    await this.moves.move({
      id: task.id,
      move: 'cancel',
      actor,
      event: 'cancelled',
      set: () => settle(null),
    });
  }

  async trash(task: CalledTask, actor: Actor): Promise<void> {
    await this.database.transaction(async (manager) => {
      const trashed: unknown[] = await manager.query(
        `WITH gone AS (UPDATE train_task SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL AND status <> 'RUNNING' RETURNING id) SELECT id FROM gone`,
        [task.id],
      );
      if (trashed.length > 0) return this.history.add(task.id, 'trashed', actor, null, manager);
      const status = await this.moves.statusOf(task.id, manager);
      if (status === 'RUNNING')
        throw new Problem('STATE_CONFLICT', 'The task is RUNNING: cancel it before you throw it away.', {
          reason: 'wrongStatus',
          members: { taskStatus: status },
        });
    });
    this.feed.mark(task.id);
  }

  async restore(task: CalledTask, actor: Actor): Promise<void> {
    await this.database.transaction(async (manager) => {
      const { affected } = await manager
        .createQueryBuilder()
        .restore()
        .from(TrainTask)
        .where('id = :id AND deleted_at IS NOT NULL', { id: task.id })
        .execute();
      if (affected) await this.history.add(task.id, 'restored', actor, null, manager);
    });
    this.feed.mark(task.id);
  }
}
