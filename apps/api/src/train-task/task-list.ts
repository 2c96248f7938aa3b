import { Inject, Injectable } from '@nestjs/common';
import type { TrainTaskFilter, TrainTaskQuery } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import type { UserCaller } from '../auth/caller.js';
import { visibleTasks } from '../auth/visibility.js';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { countUpTo, type Total } from '../database/count.js';
import { textRows } from '../database/prepared.js';
import { firstSnowflakeAt } from '../database/snowflake.js';
import { Where } from '../database/where.js';
import { applyFilter } from '../query/list-filter.js';
import { selectTasks } from '../query/task-source.js';
import { ExtraColumns } from './extra-columns.js';
import { Sorting, type Position } from './sorting.js';
import { extraParamsOf, SUMMARY_TEXTS, SUMMARY_WIDTH, summaryJson, type TextRow } from './summary-json.js';

/** A `TrainTaskPage` whose items are JSON already. */
export interface JsonPage extends Partial<Total> {
  items: string[];
  nextCursor: string | null;
}

/** The same as one text. */
export function pageJson({ items, ...rest }: JsonPage): string {
  return `{"items":[${items.join(',')}],${JSON.stringify(rest).slice(1)}`;
}

/** One page of one order, with the columns it was asked for. */
interface Question {
  query: TrainTaskQuery;
  caller: UserCaller;
  sorting: Sorting;
  columns: ExtraColumns;
}

/** The list of tasks a caller may see, page by page. */
@Injectable()
export class TaskList {
  constructor(
    private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async page(query: TrainTaskQuery, caller: UserCaller): Promise<JsonPage> {
    const question = { query, caller, sorting: Sorting.by(query.sort, query.deleted === 'only'), columns: new ExtraColumns(query.column) };
    const { sorting, columns } = question;
    const limit = query.limit ?? 50;
    const rows = await this.rows(question, query.cursor == null ? null : sorting.decode(query.cursor), limit + 1);
    const last = rows[limit - 1];
    const [keysFrom, metricsAt] = [SUMMARY_WIDTH, SUMMARY_WIDTH + sorting.width];
    return {
      items: rows
        .slice(0, limit)
        .map((row) => summaryJson(row, caller, this.config.stalledAfter, columns.json(extraParamsOf(row), row[metricsAt] ?? null))),
      nextCursor:
        rows.length > limit && last !== undefined ? sorting.encode({ values: last.slice(keysFrom, metricsAt), id: last[0] ?? '' }) : null,
      ...(query.withTotal === true ? await this.count(query, caller) : {}),
    };
  }

  private count(query: TrainTaskQuery, caller: UserCaller): Promise<Total> {
    const { from, where } = selectTasks(query, caller);
    return countUpTo(this.database, from, where, isUnfiltered(query) && caller.role === 'admin');
  }

  /** Rows with a value of the first key come first; only the page on which they run out asks for the others as well. */
  private async rows(question: Question, position: Position | null, limit: number): Promise<TextRow[]> {
    const { sorting } = question;
    const isPastValues = position?.values[0] === null && sorting.nullable;
    const valued = isPastValues ? [] : await this.part(question, position, limit, true);
    if (!sorting.nullable || valued.length >= limit) return valued;
    return [...valued, ...(await this.part(question, isPastValues ? position : null, limit - valued.length, false))];
  }

  private async part(
    { query, caller, sorting, columns }: Question,
    position: Position | null,
    limit: number,
    valued: boolean,
  ): Promise<TextRow[]> {
    const where = new Where();
    where.and(visibleTasks(where, caller, 't', query.scope));
    applyFilter(where, query);
    narrowIds(where, query);
    sorting.only(where, valued);
    if (position !== null) sorting.after(where, position);
    const isKept = isPlain(query, caller, sorting) && PAGE_SIZES.includes(limit);
    return textRows(
      this.database,
      `SELECT ${SUMMARY_TEXTS}, ${sorting.columns}, ${columns.metrics(where)} AS metrics FROM train_task t JOIN app_user u ON u.id = t.create_user ${sorting.joins}
       ${where.sql} ${sorting.orderBy(valued)} LIMIT ${Math.trunc(limit)}`,
      where.parameters,
      isKept ? `list for ${caller.role}, ${sorting.first} ${valued ? '' : 'without '}${position === null ? '' : 'on '}${limit}` : undefined,
    );
  }
}

/** Rows asked for by the pages of the UI, of scripts and of exports; for others no plan is kept, so that there are never many. */
const PAGE_SIZES: readonly number[] = [51, 101];

/** Whether the best plan is the same whoever asks: one index gives the order, and nothing but the trash is left out. To plan such a page again takes as long as to read it. */
function isPlain(query: TrainTaskQuery, { role }: UserCaller, sorting: Sorting): boolean {
  return isUnfiltered(query) && sorting.width === 1 && sorting.isOfEveryTask && (role === 'admin' || sorting.isByAge);
}

function isUnfiltered(query: TrainTaskQuery): boolean {
  return Object.entries(query).every(([name, value]) => value === undefined || OF_THE_PAGE.includes(name));
}

const OF_THE_PAGE: readonly string[] = ['sort', 'limit', 'cursor', 'withTotal'] satisfies (keyof TrainTaskQuery)[];

/** By this much the clock that made an id and the database's, which says when its task was created, may differ. */
const CLOCKS_DIFFER_BY = 86_400_000;

/** Ids are made in the order of time: bounds on them let an index begin where the time asked for begins, instead of passing all that is newer. */
function narrowIds(where: Where, { createdFrom, createdTo }: TrainTaskFilter): void {
  const bound = (time: string, by: number): string => where.bind(String(firstSnowflakeAt(Date.parse(time) + by)), 'bigint');
  if (createdFrom != null) where.and(`t.id >= ${bound(createdFrom, -CLOCKS_DIFFER_BY)}`);
  if (createdTo != null) where.and(`t.id < ${bound(createdTo, CLOCKS_DIFFER_BY)}`);
}
