import { Injectable } from '@nestjs/common';
import type { TaskStatus } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import { driverError } from '../database/driver-error.js';
import { Problem } from '../problem.js';
import { TaskChangeFeed } from '../stream/task-change-feed.js';
import { GroupCommit } from './group-commit.js';
import type { PointColumns } from './points.js';
import { parametersOf, type PendingReport } from './report-group.js';

/** `stored`, or the state of a task that takes no points. */
type Outcome = 'stored' | TaskStatus | 'gone';

/** A point weighs 1; the report itself, which locks and changes the row of a task, as much as some points. */
const REPORT_WEIGHT = 10;
/** A second or two of writing, about 100 MB: whoever comes later is asked to wait outside. */
const WAITING_WEIGHT = 400_000;
const GROUP_WEIGHT = 20_000;
const WRITERS = 2;

/** Stores what trainers report while they run. Reports that come together share a statement: answered means durable. */
@Injectable()
export class Ingest {
  private readonly groups = new GroupCommit<PendingReport, Outcome>({
    write: (reports) => this.write(reports), weigh: ({ points }) => points.keys.length + REPORT_WEIGHT,
    groupWeight: GROUP_WEIGHT, waitingWeight: WAITING_WEIGHT, isOfOneJob: isOfContent, writers: WRITERS,
  });

  constructor(private readonly database: DataSource, private readonly feed: TaskChangeFeed) {}

  /**
   * Points that are there already are left as they are, so a repeated report changes nothing.
   *
   * @throws Problem STATE_CONFLICT when the task does not run, RATE_LIMITED when too many reports wait
   */
  async store(id: string, points: PointColumns): Promise<void> {
    const outcome = await this.groups.add({ id, points });
    if (outcome === 'stored') return this.feed.mark(id);
    if (outcome === 'gone') throw Problem.notFound();
    const hint = outcome === 'PENDING' ? 'Send "start" first.' : 'It takes no more progress.';
    throw new Problem('STATE_CONFLICT', `The task is ${outcome}. ${hint}`, { members: { taskStatus: outcome } });
  }

  private async write(reports: readonly PendingReport[]): Promise<Outcome[]> {
    const stored: { id: string }[] = await this.database.query(STORE, parametersOf(reports));
    const ids = new Set(stored.map(({ id }) => id));
    const refused = reports.filter(({ id }) => !ids.has(id)).map(({ id }) => id);
    const statuses = refused.length === 0 ? new Map<string, TaskStatus>() : await this.statusesOf(refused);
    return reports.map(({ id }) => (ids.has(id) ? 'stored' : statuses.get(id) ?? 'gone'));
  }

  private async statusesOf(ids: readonly string[]): Promise<Map<string, TaskStatus>> {
    const rows: { id: string; status: TaskStatus }[] = await this.database.query('SELECT id, status FROM train_task WHERE id = ANY($1::bigint[])', [ids]);
    return new Map(rows.map(({ id, status }) => [id, status]));
  }
}

/** A value PostgreSQL does not take (SQLSTATE class 22) or a rule of a table (23), as opposed to a database that is away. */
function isOfContent(error: unknown): boolean {
  const code = driverError(error)?.code;
  return typeof code === 'string' && /^2[23]/.test(code);
}

/**
 * One statement for all reports of a group. The rows of the tasks are locked first, in the order of their ids: groups that share tasks
 * wait for one another instead of for each other, and the summaries stay exact because only the holder of a task adds to them.
 */
const STORE = `
  WITH locked AS (
    SELECT t.id FROM train_task t WHERE t.id = ANY($1::bigint[]) AND t.status = 'RUNNING' AND t.deleted_at IS NULL ORDER BY t.id FOR NO KEY UPDATE
  ), task AS (
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
    WHERE t.id = locked.id
    RETURNING t.id
  ), added AS (
    INSERT INTO metric_point (train_task_id, key, step, epoch, value, at)
    SELECT p.task, p.key, p.step, p.epoch, p.value, coalesce(to_timestamp(p.at / 1000), now())
    FROM unnest($6::bigint[], $7::text[], $8::bigint[], $9::real[], $10::double precision[], $11::double precision[]) AS p (task, key, step, epoch, value, at)
    WHERE p.task = ANY(ARRAY(SELECT id FROM task))
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
