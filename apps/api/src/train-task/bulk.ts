import { Injectable } from '@nestjs/common';
import { BULK_MAX, type BulkOutcome, type BulkPreview, type BulkRequest, type BulkResult, type Selection } from '@lora-ledger/contracts';
import { actionsFor, type TaskAction, type TaskStatus } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import type { CalledTask, UserCaller } from '../auth/caller.js';
import { mayChange, visibleTasks } from '../auth/visibility.js';
import { Where } from '../database/where.js';
import { Problem } from '../problem.js';
import { applyFilter } from '../query/list-filter.js';
import { TaskChanges } from './changes.js';
import { Lineage } from './lineage.js';
import type { SubmittedBy } from './submission.js';

interface Selected extends CalledTask {
  tags: string[];
  trashed: boolean;
}

const ACTION_NEEDED = { delete: 'trash', restore: 'restore', cancel: 'cancel', retry: 'retry' } as const satisfies Record<string, TaskAction>;

/** One action on many tasks. Each task is its own transaction and its own line in the history: what cannot be done to one does not keep the others from it. */
@Injectable()
export class Bulk {
  constructor(private readonly database: DataSource, private readonly changes: TaskChanges, private readonly lineage: Lineage) {}

  async run(request: BulkRequest, by: SubmittedBy): Promise<BulkResult> {
    if (request.action === 'tag' && !request.addTags?.length && !request.removeTags?.length) {
      throw Problem.invalid([{ path: 'addTags', message: 'tag needs addTags or removeTags' }]);
    }
    const selected = await this.selected(request, by.caller, BULK_MAX + 1);
    const outcomes: BulkOutcome[] = [];
    for (const task of selected.slice(0, BULK_MAX)) outcomes.push(await this.one(task, request, by));
    const done = outcomes.filter(({ outcome }) => outcome === 'done').length;
    return { done, skipped: outcomes.length - done, outcomes, remaining: Math.max(0, selected.length - BULK_MAX) };
  }

  async preview(selection: Selection, caller: UserCaller): Promise<BulkPreview> {
    const where = this.selection(selection, caller);
    const groups: { status: TaskStatus; trashed: boolean; n: number }[] = await this.database.query(
      `SELECT t.status, t.deleted_at IS NOT NULL AS trashed, count(*)::int AS n FROM train_task t JOIN app_user u ON u.id = t.create_user ${where.sql} GROUP BY 1, 2`, where.parameters,
    );
    const qualify = (action: TaskAction): number => groups.filter(({ status, trashed }) => actionsFor(status, trashed).includes(action)).reduce((sum, { n }) => sum + n, 0);
    const total = groups.reduce((sum, { n }) => sum + n, 0);
    return { total, delete: qualify('trash'), restore: qualify('restore'), cancel: qualify('cancel'), retry: qualify('retry'), tag: total };
  }

  private async one(task: Selected, { action, addTags, removeTags }: BulkRequest, by: SubmittedBy): Promise<BulkOutcome> {
    const base = { taskId: task.taskId, detail: null, newTaskId: null };
    if (action !== 'tag' && !actionsFor(task.status, task.trashed).includes(ACTION_NEEDED[action])) {
      return { ...base, outcome: 'skipped', detail: task.trashed ? 'It is in the trash.' : `It is ${task.status}.` };
    }
    try {
      switch (action) {
        case 'delete': await this.changes.trash(task, by.actor); break;
        case 'restore': await this.changes.restore(task, by.actor); break;
        case 'cancel': await this.changes.cancel(task, by.actor); break;
        case 'retry': return { ...base, outcome: 'done', newTaskId: await this.lineage.retry(task, by) };
        case 'tag': await this.changes.describe(task, { tags: retagged(task.tags, addTags ?? [], removeTags ?? []) }, by.actor); break;
      }
      return { ...base, outcome: 'done' };
    } catch (error) {
      // The state may have moved on since the selection was read; anything else is this request's failure.
      if (error instanceof Problem && error.status < 500) return { ...base, outcome: 'skipped', detail: error.detail };
      throw error;
    }
  }

  private selected(selection: Selection, caller: UserCaller, limit: number): Promise<Selected[]> {
    const where = this.selection(selection, caller);
    return this.database.query(
      `SELECT t.id, t.task_id AS "taskId", t.name, t.status, t.create_user AS "ownerId", t.tags, t.deleted_at IS NOT NULL AS trashed, false AS closing
       FROM train_task t JOIN app_user u ON u.id = t.create_user ${where.sql} ORDER BY t.id LIMIT ${where.bind(limit, 'integer')}`, where.parameters,
    );
  }

  /** Only what the caller may change: a selection never reaches further than single requests would. */
  private selection({ taskIds, filter }: Selection, caller: UserCaller): Where {
    if ((taskIds == null) === (filter == null)) throw Problem.invalid([{ path: 'taskIds', message: 'give either taskIds or filter' }]);
    const where = new Where();
    where.and(visibleTasks(where, caller, 't', filter?.scope ?? 'all'));
    where.and(mayChange('t', where.bind(caller.userId, 'bigint'), where.bind(caller.role === 'admin', 'boolean')));
    if (taskIds != null) where.and(`t.task_id = ANY(${where.bind(taskIds, 'uuid[]')})`);
    if (filter != null) applyFilter(where, filter);
    return where;
  }
}

function retagged(tags: string[], add: string[], remove: string[]): string[] {
  return [...new Set([...tags, ...add])].filter((tag) => !remove.includes(tag)).slice(0, 50);
}
