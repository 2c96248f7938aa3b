import { Injectable } from '@nestjs/common';
import { BULK_MAX, type BulkOutcome, type BulkPreview, type BulkRequest, type BulkResult, type Selection } from '@lora-ledger/contracts';
import { actionsFor, TASK_STATUSES, type TaskAction } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import type { CalledTask, UserCaller } from '../auth/caller.js';
import { mayChange, visibleTasks } from '../auth/visibility.js';
import { Where } from '../database/where.js';
import { Problem } from '../problem.js';
import { applyFilter } from '../query/list-filter.js';
import { BulkChanges, retags, TAGS_MAX } from './bulk-changes.js';
import { Lineage } from './lineage.js';
import { isRowId } from './sort-columns.js';
import type { SubmittedBy } from './submission.js';

interface Selected extends CalledTask {
  trashed: boolean;
  superseded: boolean;
  qualifies: boolean;
}

/** Tasks per transaction: locks are held for a moment only. */
const BATCH = 1000;
const ACTION_NEEDED = { delete: 'trash', restore: 'restore', cancel: 'cancel', retry: 'retry' } as const satisfies Record<
  string,
  TaskAction
>;
/** Of a family only the newest attempt is retried: a filter such as "failed" selects the older ones as well. */
const SUPERSEDED =
  'EXISTS (SELECT FROM train_task r WHERE r.family_id = t.family_id AND r.attempt > t.attempt AND r.create_user = t.create_user AND r.deleted_at IS NULL)';

const SELECTED = `t.id, t.task_id AS "taskId", t.name, t.status, t.create_user AS "ownerId", t.deleted_at IS NOT NULL AS trashed, ${SUPERSEDED} AS superseded, false AS closing`;

/** One action on many tasks. What cannot be done to one does not keep the others from it; a preview counts by the same conditions. */
@Injectable()
export class Bulk {
  constructor(
    private readonly database: DataSource,
    private readonly changes: BulkChanges,
    private readonly lineage: Lineage,
  ) {}

  async run(request: BulkRequest, by: SubmittedBy): Promise<BulkResult> {
    if (request.action === 'tag' && !request.addTags?.length && !request.removeTags?.length) {
      throw Problem.invalid([{ path: 'addTags', message: 'tag needs addTags or removeTags', rule: 'required' }]);
    }
    const from = request.cursor == null ? null : decodePlace(request.cursor);
    const limit = request.limit ?? BULK_MAX;
    const { tasks, left, until } =
      from === null ? await this.first(request, by.caller, limit) : await this.next(request, by.caller, limit, from);
    const outcomes: BulkOutcome[] = [];
    for (let at = 0; at < tasks.length; at += BATCH) outcomes.push(...(await this.batch(tasks.slice(at, at + BATCH), request, by)));
    const done = outcomes.filter(({ outcome }) => outcome === 'done').length;
    const last = tasks.at(-1);
    const nextCursor = left > 0 && last !== undefined && until !== null ? encodePlace({ after: last.id, until, left }) : null;
    return { done, skipped: outcomes.length - done, outcomes, remaining: left, nextCursor };
  }

  async preview(selection: Selection, caller: UserCaller): Promise<BulkPreview> {
    const where = this.selection(selection, caller);
    const count = (action: keyof typeof ACTION_NEEDED): string => `count(*) FILTER (WHERE ${qualifies(action)})::int AS ${action}`;
    const [preview]: [BulkPreview] = await this.database.query(
      `SELECT count(*)::int AS total, ${count('delete')}, ${count('restore')}, ${count('cancel')}, ${count('retry')}, count(*)::int AS tag
       FROM train_task t JOIN app_user u ON u.id = t.create_user ${where.sql}`,
      where.parameters,
    );
    return preview;
  }

  private async batch(tasks: Selected[], request: BulkRequest, by: SubmittedBy): Promise<BulkOutcome[]> {
    if (request.action === 'retry') return this.retryAll(tasks, by);
    const changed = new Set(
      await this.change(
        tasks.filter((task) => task.qualifies).map(({ id }) => id),
        request,
        by,
      ),
    );
    const left = await this.asTheyAre(tasks.filter(({ id }) => !changed.has(id)));
    return tasks.map((task) => {
      const reason = changed.has(task.id) ? null : whyNot(left.get(task.id) ?? task, request, task.qualifies);
      return { taskId: task.taskId, outcome: reason === null ? 'done' : 'skipped', detail: reason, newTaskId: null };
    });
  }

  private change(ids: string[], { action, addTags, removeTags }: BulkRequest, { actor }: SubmittedBy): Promise<string[]> {
    switch (action) {
      case 'delete':
        return this.changes.trash(ids, actor);
      case 'restore':
        return this.changes.restore(ids, actor);
      case 'cancel':
        return this.changes.cancel(ids, actor);
      case 'tag':
        return this.changes.tag(ids, addTags ?? [], removeTags ?? [], actor);
      case 'retry':
        throw new Error('a retry makes a new task: it is no change of the old one');
    }
  }

  /** One by one: each is a submission of its own. */
  private async retryAll(tasks: Selected[], by: SubmittedBy): Promise<BulkOutcome[]> {
    const outcomes: BulkOutcome[] = [];
    for (const task of tasks) outcomes.push(await this.retry(task, by));
    return outcomes;
  }

  private async retry(task: Selected, by: SubmittedBy): Promise<BulkOutcome> {
    const { taskId } = task;
    if (!task.qualifies) return { taskId, outcome: 'skipped', detail: whyNotRetried(task), newTaskId: null };
    try {
      return { taskId, outcome: 'done', detail: null, newTaskId: await this.lineage.retry(task, by) };
    } catch (error) {
      // The state may have moved on since the selection was read; anything else is this request's failure.
      if (error instanceof Problem && error.status < 500) return { taskId, outcome: 'skipped', detail: error.detail, newTaskId: null };
      throw error;
    }
  }

  /** Those that qualify come first, so that a request sent again for what remains gets on even without a cursor. */
  private async first(request: BulkRequest, caller: UserCaller, limit: number): Promise<Stretch> {
    const where = this.selection(request, caller);
    const qualified = qualifying(request, where);
    const rows: (Selected & { qualifying: number; until: string | null })[] = await this.database.query(
      `WITH selected AS MATERIALIZED (
         SELECT t.id, ${qualified} AS qualifies FROM train_task t JOIN app_user u ON u.id = t.create_user ${where.sql}
       ), first AS (
         SELECT * FROM selected ORDER BY qualifies DESC, id LIMIT ${where.bind(limit, 'integer')}
       )
       SELECT ${SELECTED}, first.qualifies, (SELECT count(*)::int FROM selected WHERE qualifies) AS qualifying, (SELECT max(id) FROM selected WHERE qualifies) AS until
       FROM first JOIN train_task t USING (id) ORDER BY first.qualifies DESC, t.id`,
      where.parameters,
    );
    return { tasks: rows, left: Math.max(0, (rows[0]?.qualifying ?? 0) - limit), until: rows[0]?.until ?? null };
  }

  /** By the key alone: however large the selection is, a step reads no more of it than it takes. What came after the first request is not meant by it. */
  private async next(request: BulkRequest, caller: UserCaller, limit: number, { after, until, left }: Place): Promise<Stretch> {
    const where = this.selection(request, caller);
    where.and(qualifying(request, where));
    where.and(`t.id > ${where.bind(after, 'bigint')} AND t.id <= ${where.bind(until, 'bigint')}`);
    const tasks: Selected[] = await this.database.query(
      `SELECT ${SELECTED}, true AS qualifies FROM train_task t JOIN app_user u ON u.id = t.create_user ${where.sql} ORDER BY t.id LIMIT ${where.bind(limit, 'integer')}`,
      where.parameters,
    );
    // Others may have changed some in between, so that fewer are left than were counted; there may be one more step only if this one was full.
    return { tasks, left: tasks.length < limit ? 0 : Math.max(1, left - tasks.length), until };
  }

  /** For the reasons: what was selected may have moved on since. */
  private async asTheyAre(tasks: Selected[]): Promise<Map<string, Standing>> {
    const rows: (Standing & { id: string })[] = await this.database.query(
      'SELECT id, status, deleted_at IS NOT NULL AS trashed FROM train_task WHERE id = ANY($1::bigint[])',
      [tasks.map(({ id }) => id)],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Only what the caller may change: a selection never reaches further than single requests would. */
  private selection({ taskIds, filter }: Selection, caller: UserCaller): Where {
    if ((taskIds == null) === (filter == null))
      throw Problem.invalid([{ path: 'taskIds', message: 'give either taskIds or filter', rule: 'required' }]);
    const where = new Where();
    where.and(visibleTasks(where, caller, 't', filter?.scope ?? 'all'));
    where.and(mayChange('t', where.bind(caller.userId, 'bigint'), where.bind(caller.role === 'admin', 'boolean')));
    if (taskIds != null) where.and(`t.task_id = ANY(${where.bind(taskIds, 'uuid[]')})`);
    if (filter != null) applyFilter(where, filter);
    return where;
  }
}

/** What one request takes of a selection, and how many qualify beyond it. */
interface Stretch {
  tasks: Selected[];
  left: number;
  /** The last id that any of the requests may touch; `null` when nothing qualifies. */
  until: string | null;
}

/** Where the next request goes on. */
interface Place {
  after: string;
  until: string;
  left: number;
}

function encodePlace({ after, until, left }: Place): string {
  return Buffer.from(JSON.stringify([after, until, left])).toString('base64url');
}

/** @throws Problem VALIDATION for a cursor that no request has given */
function decodePlace(cursor: string): Place {
  const [after, until, left] = parseArray(cursor);
  if (typeof after !== 'string' || typeof until !== 'string' || !isRowId(after) || !isRowId(until) || !Number.isSafeInteger(left)) {
    throw Problem.invalid([{ path: 'cursor', message: 'cursor is not one this action has given: begin again without it', rule: 'cursor' }]);
  }
  return { after, until, left: Number(left) };
}

function parseArray(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

type Standing = Pick<Selected, 'status' | 'trashed'>;

/** SQL over `t`: whether the action would take effect. */
function qualifying({ action, addTags, removeTags }: BulkRequest, where: Where): string {
  return action === 'tag' ? retags(where.bind.bind(where), addTags ?? [], removeTags ?? []) : qualifies(action);
}

/** SQL over `t`, from the one table that says what a state offers. */
function qualifies(action: keyof typeof ACTION_NEEDED): string {
  const states = [false, true].flatMap((trashed) =>
    TASK_STATUSES.filter((status) => actionsFor(status, trashed).includes(ACTION_NEEDED[action])).map(
      (status) => `('${status}', ${trashed})`,
    ),
  );
  const byState = `(t.status, t.deleted_at IS NOT NULL) IN (${states.join(', ')})`;
  return action === 'retry' ? `(${byState} AND NOT ${SUPERSEDED})` : byState;
}

/** @param didQualify when it was selected @returns `null` where nothing was to be done */
function whyNot({ status, trashed }: Standing, { action }: BulkRequest, didQualify: boolean): string | null {
  if (action === 'tag') return didQualify ? `It would have more than ${TAGS_MAX} labels.` : null;
  if (action === 'restore' && trashed) return 'The same weights stand in the ledger as another task of its owner.';
  return trashed ? 'It is in the trash.' : `It is ${status}.`;
}

function whyNotRetried({ status, trashed, superseded }: Selected): string {
  if (trashed) return 'It is in the trash.';
  return superseded ? 'There is a newer attempt of it.' : `It is ${status}.`;
}
