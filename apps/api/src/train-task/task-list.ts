import { Inject, Injectable } from '@nestjs/common';
import type { TrainTaskFilter, TrainTaskPage, TrainTaskQuery } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import type { UserCaller } from '../auth/caller.js';
import { visibleTasks } from '../auth/visibility.js';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { countUpTo, type Total } from '../database/count.js';
import { Where } from '../database/where.js';
import { applyFilter } from '../query/list-filter.js';
import { presentSummary, SUMMARY_COLUMNS, type SummaryRow } from './present.js';
import { Sorting, type Position } from './sorting.js';

type PageRow = SummaryRow & { sort_value: string | null };

/** The list of tasks a caller may see, page by page. */
@Injectable()
export class TaskList {
  constructor(private readonly database: DataSource, @Inject(CONFIG) private readonly config: Config) {}

  async page(query: TrainTaskQuery, caller: UserCaller): Promise<TrainTaskPage> {
    const sorting = Sorting.by(query.sort);
    const limit = query.limit ?? 50;
    const position = query.cursor == null ? null : sorting.decode(query.cursor);
    const rows = await this.rows(query, caller, sorting, position, limit + 1);
    const [items, last] = [rows.slice(0, limit), rows[limit - 1]];
    return {
      items: items.map((row) => presentSummary(row, caller, this.config.stalledAfter)),
      nextCursor: rows.length > limit && last !== undefined ? sorting.encode({ value: last.sort_value, id: last.id }) : null,
      ...(query.withTotal === true ? await this.count(query, caller) : {}),
    };
  }

  private count(filter: TrainTaskFilter, caller: UserCaller): Promise<Total> {
    return countUpTo(this.database, 'train_task t JOIN app_user u ON u.id = t.create_user', this.selection(filter, caller));
  }

  /** Rows with a sort value come first; only the page on which they run out asks for the others as well. */
  private async rows(filter: TrainTaskFilter, caller: UserCaller, sorting: Sorting, position: Position | null, limit: number): Promise<PageRow[]> {
    const isPastValues = position?.value === null && sorting.nullable;
    const valued = isPastValues ? [] : await this.part(filter, caller, sorting, position, limit, true);
    if (!sorting.nullable || valued.length >= limit) return valued;
    return [...valued, ...await this.part(filter, caller, sorting, isPastValues ? position : null, limit - valued.length, false)];
  }

  private async part(filter: TrainTaskFilter, caller: UserCaller, sorting: Sorting, position: Position | null, limit: number, valued: boolean): Promise<PageRow[]> {
    const where = this.selection(filter, caller);
    sorting.only(where, valued);
    if (position !== null) sorting.after(where, position);
    return this.database.query(
      `SELECT ${SUMMARY_COLUMNS}, ${sorting.value} AS sort_value FROM train_task t JOIN app_user u ON u.id = t.create_user
       ${where.sql} ${sorting.orderBy(valued)} LIMIT ${where.bind(limit, 'integer')}`, where.parameters,
    );
  }

  private selection(filter: TrainTaskFilter, caller: UserCaller): Where {
    const where = new Where();
    where.and(visibleTasks(where, caller, 't', filter.scope));
    applyFilter(where, filter);
    return where;
  }
}
