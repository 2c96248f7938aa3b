import type { EntityManager } from 'typeorm';
import { isKey, valueOf } from './points.js';

const VALUES_MAX = 1000;

/**
 * Keeps what a trainer says at its end as points at the last step, so that they stand with the other metrics.
 * The row of the task is locked first, as every report does: the summaries stay exact, and the last step is the last one.
 *
 * @param metrics what is no number (or "NaN", "Infinity") is left out: the end of a long run must not be refused for a remark
 */
export async function storeClosingValues(manager: EntityManager, id: string, metrics: Readonly<Record<string, unknown>>): Promise<void> {
  const values = Object.entries(metrics)
    .flatMap(([key, given]) => {
      const value = valueOf(given);
      return value === undefined || !isKey(key) ? [] : [[key, value] as const];
    })
    .slice(0, VALUES_MAX);
  if (values.length === 0) return;
  await manager.query(STORE, [id, values.map(([key]) => key), values.map(([, value]) => value)]);
}

const STORE = `
  WITH task AS (
    SELECT id, coalesce(current_step, 0) AS step FROM train_task WHERE id = $1 AND status = 'RUNNING' AND deleted_at IS NULL FOR UPDATE
  ), added AS (
    INSERT INTO metric_point (train_task_id, key, step, value, at)
    SELECT task.id, p.key, task.step, p.value, now() FROM task, unnest($2::text[], $3::double precision[]) AS p (key, value)
    ON CONFLICT DO NOTHING RETURNING train_task_id, key, step, value
  ), finite AS (
    SELECT *, nullif(nullif(nullif(value, 'NaN'), 'Infinity'), '-Infinity') AS finite FROM added
  )
  INSERT INTO metric_summary AS s (train_task_id, key, first_step, first_value, last_step, last_value, min_value, max_value, count)
  SELECT train_task_id, key, step, value, step, value, finite, finite, 1 FROM finite
  ON CONFLICT (train_task_id, key) DO UPDATE SET
    last_step = excluded.last_step, last_value = excluded.last_value, count = s.count + 1,
    min_value = least(s.min_value, excluded.min_value), max_value = greatest(s.max_value, excluded.max_value)`;
