import { Inject, Injectable } from '@nestjs/common';
import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import type { UserCaller } from '../auth/caller.js';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { presentSummary, SUMMARY_COLUMNS, type SummaryRow } from '../train-task/present.js';

/** A task as it stands, with what is needed to decide who may hear of it. */
export interface ChangedTask {
  /** Row id. */
  id: string;
  isVisibleTo(caller: UserCaller): boolean;
  isChangeableBy(caller: UserCaller): boolean;
  present(caller: UserCaller): TrainTaskSummary;
}

type Row = SummaryRow & { shared_with: string[] };

/** Reads changed tasks once for all open streams; the same rule as in `visibility.ts`, over values instead of SQL. */
@Injectable()
export class ChangedTasks {
  constructor(private readonly database: DataSource, @Inject(CONFIG) private readonly config: Config) {}

  async load(ids: string[]): Promise<ChangedTask[]> {
    if (ids.length === 0) return [];
    const rows: Row[] = await this.database.query(
      `SELECT ${SUMMARY_COLUMNS}, ARRAY(SELECT coalesce(s.user_id, 0)::text FROM task_share s WHERE s.train_task_id = t.id AND t.deleted_at IS NULL) AS shared_with
       FROM train_task t JOIN app_user u ON u.id = t.create_user WHERE t.id = ANY($1::bigint[])`, [ids],
    );
    return rows.map((row) => this.changed(row));
  }

  private changed(row: Row): ChangedTask {
    const mayChange = (caller: UserCaller): boolean => caller.role === 'admin' || caller.userId === row.create_user;
    return {
      id: row.id,
      isChangeableBy: mayChange,
      isVisibleTo: (caller) => mayChange(caller) || row.shared_with.includes('0') || row.shared_with.includes(caller.userId),
      present: (caller) => presentSummary(row, caller, this.config.stalledAfter),
    };
  }
}
