import { Injectable } from '@nestjs/common';
import type { Sparklines, SparklinesQuery } from '@lora-ledger/contracts';
import { LOSS_KEYS } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import type { UserCaller } from '../auth/caller.js';
import { visibleTasks } from '../auth/visibility.js';
import { Where } from '../database/where.js';

/** Points of a curve that is as wide as a word. */
const POINTS = 24;

/**
 * The loss curves of the tasks of a list, each as a handful of its points at even distances. Every point is one look into the key, so a
 * million points cost what a hundred do.
 */
@Injectable()
export class TaskSparklines {
  constructor(private readonly database: DataSource) {}

  /** Tasks that have no curve, or that the caller may not see, are not in the answer. */
  async of({ ids }: SparklinesQuery, caller: UserCaller): Promise<Sparklines> {
    const where = new Where();
    where.and(`t.task_id = ANY(${where.bind([...new Set(ids)], 'uuid[]')})`).and(visibleTasks(where, caller, 't', 'all'));
    const keys = where.bind(LOSS_KEYS, 'text[]');
    const points = where.bind(POINTS - 1, 'integer');
    const items: { taskId: string; values: number[] }[] = await this.database.query(
      `SELECT t.task_id AS "taskId", curve."values" FROM train_task t
       JOIN LATERAL (
         SELECT key, first_step, last_step FROM metric_summary s WHERE s.train_task_id = t.id AND s.key = ANY(${keys}) ORDER BY array_position(${keys}, s.key) LIMIT 1
       ) loss ON true
       JOIN LATERAL (
         SELECT array_agg(p.value ORDER BY g.n) AS "values" FROM generate_series(0, ${points}) g(n)
         JOIN LATERAL (
           SELECT m.value FROM metric_point m WHERE m.train_task_id = t.id AND m.key = loss.key AND m.step >= loss.first_step + (loss.last_step - loss.first_step) * g.n / ${points} ORDER BY m.step LIMIT 1
         ) p ON true
       ) curve ON curve."values" IS NOT NULL
       ${where.sql}`,
      where.parameters,
    );
    return {
      items: items.map(({ taskId, values }) => ({
        taskId,
        values: values.map((value) => (Number.isFinite(value) ? value : String(value))),
      })),
    };
  }
}
