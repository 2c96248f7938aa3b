import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { prepared } from '../database/prepared.js';
import {
  presentProgress,
  presentSummary,
  PROGRESS_COLUMNS,
  SUMMARY_COLUMNS,
  type ProgressRow,
  type SummaryRow,
} from '../train-task/present.js';

/** A task that has changed: who may hear of it, and what they are told. */
export interface ChangedTask {
  /** Row id. */
  id: string;
  /** User id of the owner, who may change it, as admins may. */
  owner: string;
  /** User ids of those it is shared with; `0` means everyone. */
  readers: ReadonlySet<string>;
  /** The task for those who may change it or for those who may only read it, as JSON; worked out once for all streams. */
  json(mayChange: boolean): string;
}

type Row = SummaryRow & { shared_with: string[] };
type NarrowRow = ProgressRow & { id: string; create_user: string; shared_with: string[] };

/** Reads changed tasks once for all open streams; who hears of them is the same rule as in `visibility.ts`, over values instead of SQL. */
@Injectable()
export class ChangedTasks {
  constructor(
    private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Tasks as they stand, whole. @param ids row ids, in the order in which they changed: what is told keeps it */
  async whole(ids: readonly string[]): Promise<ChangedTask[]> {
    if (ids.length === 0) return [];
    const rows = await prepared<Row>(this.database, 'changed tasks', WHOLE, [ids]);
    const { stalledAfter } = this.config;
    const byId = new Map(
      rows.map((row) => [row.id, changed(row, (mayChange) => presentSummary(row, mayChange ? OWNER : READER, stalledAfter))]),
    );
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** What reports have changed of tasks that still run; a task that has ended is told whole by whoever ended it. @param ids row ids */
  async progress(ids: readonly string[]): Promise<ChangedTask[]> {
    if (ids.length === 0) return [];
    const rows = await prepared<NarrowRow>(this.database, 'progressed tasks', PROGRESS, [ids]);
    return rows.map((row) => changed(row, () => presentProgress(row)));
  }
}

/** Any admin is told what the owner is. */
const OWNER = { role: 'admin', userId: '' } as const;
const READER = { role: 'member', userId: '' } as const;

const SHARED_WITH =
  'ARRAY(SELECT coalesce(s.user_id, 0)::text FROM task_share s WHERE s.train_task_id = t.id AND t.deleted_at IS NULL) AS shared_with';
const WHOLE = `SELECT ${SUMMARY_COLUMNS}, ${SHARED_WITH} FROM train_task t JOIN app_user u ON u.id = t.create_user WHERE t.id = ANY($1::bigint[])`;
const PROGRESS = `SELECT t.id, t.create_user, ${PROGRESS_COLUMNS}, ${SHARED_WITH} FROM train_task t WHERE t.id = ANY($1::bigint[]) AND t.status = 'RUNNING'`;

function changed(row: { id: string; create_user: string; shared_with: string[] }, present: (mayChange: boolean) => object): ChangedTask {
  const made = new Map<boolean, string>();
  const json = (mayChange: boolean): string => {
    const text = made.get(mayChange) ?? JSON.stringify(present(mayChange));
    made.set(mayChange, text);
    return text;
  };
  return { id: row.id, owner: row.create_user, readers: new Set(row.shared_with), json };
}
