import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Problem } from '../problem.js';
import { TaskChangeFeed } from '../stream/task-change-feed.js';
import type { PointColumns } from './points.js';
import { LOSS_KEYS } from './settlement.js';
import { TaskMoves } from './task-moves.js';

/** Stores what trainers report while they run. One statement per report: answered means durable. */
@Injectable()
export class Ingest {
  constructor(private readonly database: DataSource, private readonly moves: TaskMoves, private readonly feed: TaskChangeFeed) {}

  /**
   * Points that are there already are left as they are, so a repeated report changes nothing.
   * The row of the task is locked first, which keeps the summaries exact when two reports cross.
   *
   * @throws Problem STATE_CONFLICT when the task does not run
   */
  async store(id: string, points: PointColumns): Promise<void> {
    const position = positionOf(points);
    const stored: unknown[] = await this.database.query(STORE, [
      id, points.keys, points.steps, points.epochs, points.values, points.times,
      position.step, points.totalSteps, position.epoch, lastLoss(points),
    ]);
    if (stored.length > 0) return this.feed.mark(id);
    const status = await this.moves.statusOf(id);
    const hint = status === 'PENDING' ? 'Send "start" first.' : 'It takes no more progress.';
    throw new Problem('STATE_CONFLICT', `The task is ${status}. ${hint}`, { members: { taskStatus: status } });
  }
}

function positionOf({ steps, epochs, currentStep, currentEpoch }: PointColumns): { step: number | null; epoch: number | null } {
  const highest = (values: (number | null)[], given: number | null): number | null => (
    values.reduce<number | null>((most, value) => (value !== null && (most === null || value > most) ? value : most), given)
  );
  return { step: highest(steps, currentStep), epoch: highest(epochs, currentEpoch) };
}

/** The loss at the highest step of the report, for the live row in the list. */
function lastLoss({ keys, steps, values }: PointColumns): number | null {
  for (const key of LOSS_KEYS) {
    let at = -1;
    keys.forEach((name, index) => {
      if (name === key && (at < 0 || (steps[index] ?? 0) >= (steps[at] ?? 0))) at = index;
    });
    if (at >= 0) return values[at] ?? null;
  }
  return null;
}

const STORE = `
  WITH task AS (
    UPDATE train_task t SET
      last_seen_at = now(),
      current_step = greatest(t.current_step, $7::bigint),
      total_steps = coalesce($8::bigint, t.total_steps),
      current_epoch = greatest(t.current_epoch, $9::double precision),
      last_loss = CASE WHEN $10::double precision IS NULL OR t.current_step > $7::bigint THEN t.last_loss ELSE $10 END,
      progress = least(1, coalesce(
        greatest(t.current_step, $7)::double precision / nullif(coalesce($8, t.total_steps), 0),
        greatest(t.current_epoch, $9) / nullif(t.epochs, 0),
        t.progress))
    WHERE t.id = $1 AND t.status = 'RUNNING' AND t.deleted_at IS NULL
    RETURNING t.id
  ), added AS (
    INSERT INTO metric_point (train_task_id, key, step, epoch, value, at)
    SELECT task.id, p.key, p.step, p.epoch, p.value, coalesce(to_timestamp(p.at / 1000), now())
    FROM task, unnest($2::text[], $3::bigint[], $4::real[], $5::double precision[], $6::double precision[]) AS p (key, step, epoch, value, at)
    ON CONFLICT DO NOTHING
    RETURNING train_task_id, key, step, value
  ), summed AS (
    INSERT INTO metric_summary AS s (train_task_id, key, first_step, first_value, last_step, last_value, min_value, max_value, count)
    SELECT train_task_id, key,
      min(step), (array_agg(value ORDER BY step))[1], max(step), (array_agg(value ORDER BY step DESC))[1],
      min(value) FILTER (WHERE value NOT IN ('NaN', 'Infinity', '-Infinity')),
      max(value) FILTER (WHERE value NOT IN ('NaN', 'Infinity', '-Infinity')), count(*)
    FROM added GROUP BY train_task_id, key
    ON CONFLICT (train_task_id, key) DO UPDATE SET
      first_step = least(s.first_step, excluded.first_step),
      first_value = CASE WHEN excluded.first_step < s.first_step THEN excluded.first_value ELSE s.first_value END,
      last_step = greatest(s.last_step, excluded.last_step),
      last_value = CASE WHEN excluded.last_step > s.last_step THEN excluded.last_value ELSE s.last_value END,
      min_value = least(s.min_value, excluded.min_value),
      max_value = greatest(s.max_value, excluded.max_value),
      count = s.count + excluded.count
  )
  SELECT id FROM task`;
