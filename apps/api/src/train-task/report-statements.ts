/** The state of the tasks as the first five parameters of a group say it, over the rows `locked`. */
const MOVE_ON = `
    UPDATE train_task t SET
      last_seen_at = now(),
      current_step = greatest(t.current_step, r.step),
      total_steps = coalesce(r.total_steps, t.total_steps),
      current_epoch = greatest(t.current_epoch, r.epoch),
      last_loss = CASE WHEN r.loss IS NULL OR t.current_step > r.step THEN t.last_loss ELSE r.loss END,
      progress = least(1, coalesce(
        greatest(t.current_step, r.step)::double precision / nullif(coalesce(r.total_steps, t.total_steps), 0),
        greatest(t.current_epoch, r.epoch) / nullif(t.epochs, 0),
        t.progress))
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::double precision[], $5::double precision[]) AS r (id, step, total_steps, epoch, loss)
      JOIN locked ON locked.id = r.id
    WHERE t.id = locked.id`;

/**
 * The rows of the tasks are locked first, in the order of their ids: groups that share tasks wait for one another instead of for
 * each other, and the summaries stay exact because only the holder of a task adds to them.
 */
const LOCKED = `SELECT t.id FROM train_task t WHERE t.id = ANY($1::bigint[]) AND t.status = 'RUNNING' AND t.deleted_at IS NULL ORDER BY t.id FOR NO KEY UPDATE`;

/** @param first number of the first of the six parameters of `pointsOf` */
const points = (first: number): string => {
  const [task, key, step, epoch, value, at] = Array.from({ length: 6 }, (_one, index) => `$${first + index}`);
  return `
    INSERT INTO metric_point (train_task_id, key, step, epoch, value, at)
    SELECT p.task, p.key, p.step, p.epoch, p.value, coalesce(to_timestamp(p.at / 1000), now())
    FROM unnest(${task}::bigint[], ${key}::text[], ${step}::bigint[], ${epoch}::real[], ${value}::double precision[], ${at}::double precision[]) AS p (task, key, step, epoch, value, at)
    WHERE p.task = ANY(ARRAY(SELECT id FROM task))`;
};

const SUMMARY =
  'INSERT INTO metric_summary AS s (train_task_id, key, first_step, first_value, last_step, last_value, min_value, max_value, count)';

const ADD_UP = `
    ON CONFLICT (train_task_id, key) DO UPDATE SET
      first_step = least(s.first_step, excluded.first_step),
      first_value = CASE WHEN excluded.first_step < s.first_step THEN excluded.first_value ELSE s.first_value END,
      last_step = greatest(s.last_step, excluded.last_step),
      last_value = CASE WHEN excluded.last_step > s.last_step THEN excluded.last_value ELSE s.last_value END,
      min_value = least(s.min_value, excluded.min_value),
      max_value = greatest(s.max_value, excluded.max_value),
      count = s.count + excluded.count`;

/**
 * For points that may be there already, in any order: PostgreSQL leaves out those it has and sums up the others.
 * Parameters: those of `positionsOf`, then of `pointsOf`. Answers the tasks that took their points.
 */
export const MERGE = `
  WITH locked AS (${LOCKED}), task AS (${MOVE_ON}
    RETURNING t.id
  ), added AS (${points(6)}
    ON CONFLICT DO NOTHING
    RETURNING train_task_id, key, step, value
  ), summed AS (
    ${SUMMARY}
    SELECT train_task_id, key,
      min(step), (array_agg(value ORDER BY step))[1], max(step), (array_agg(value ORDER BY step DESC))[1],
      min(value) FILTER (WHERE value NOT IN ('NaN', 'Infinity', '-Infinity')),
      max(value) FILTER (WHERE value NOT IN ('NaN', 'Infinity', '-Infinity')), count(*)
    FROM added GROUP BY train_task_id, key${ADD_UP}
  )
  SELECT id FROM task`;

/**
 * What reports change beside their points, which all lie behind the last of their curve, as nearly all do: none can be there already, so
 * nothing is looked for, and what they add up to is known beforehand. Parameters: those of `positionsOf`, then of `additionsOf`. Tasks with
 * an earlier point are left alone and not answered: they need MERGE. A point that another group has added since this statement began
 * violates the primary key, and the group is tried again.
 */
const CLOSE_UP = `
  WITH addition AS (
    SELECT * FROM unnest($6::bigint[], $7::text[], $8::bigint[], $9::double precision[], $10::bigint[], $11::double precision[], $12::double precision[], $13::double precision[], $14::bigint[])
      AS a (task, key, first_step, first_value, last_step, last_value, min_value, max_value, count)
  ), locked AS (${LOCKED}), task AS (${MOVE_ON}
      AND NOT EXISTS (
        SELECT FROM addition a JOIN metric_summary s ON s.train_task_id = a.task AND s.key = a.key WHERE a.task = t.id AND s.last_step >= a.first_step)
    RETURNING t.id
  ), summed AS (
    ${SUMMARY}
    SELECT a.* FROM addition a WHERE a.task = ANY(ARRAY(SELECT id FROM task))${ADD_UP}
  )`;

/** Few points, all in one statement: the parameters of `pointsOf` come last. Answers the tasks that took their points. */
export const APPEND = `${CLOSE_UP}, added AS (${points(15)}
  )
  SELECT id FROM task`;

/** Many points: these follow by COPY in the same transaction, for the tasks that are answered. `at`: the time of the transaction. */
export const APPEND_BEFORE_COPY = `${CLOSE_UP}
  SELECT id, (extract(epoch FROM now()) * 1000)::double precision AS at FROM task`;
