import type { TaskProgress, TrainTaskPage, TrainTaskSummary } from '@lora-ledger/contracts';
import type { InfiniteData } from '@tanstack/react-query';
import { withProgress } from '../../api/task-stream.js';

export type LoadedPages = InfiniteData<TrainTaskPage, string | null>;

/** Rows `first` … `last` of the list. */
export function rowsBetween({ pages }: LoadedPages, first: number, last: number): TrainTaskSummary[] {
  let start = 0;
  return pages.flatMap(({ items }) => {
    const begin = start;
    start += items.length;
    return begin <= last && start > first ? items.slice(Math.max(0, first - begin), last + 1 - begin) : [];
  });
}

/** The pages up to the one that row `last` stands on: those after it are asked for again by whoever scrolls there. */
export function upTo(data: LoadedPages, last: number): LoadedPages {
  let end = 0;
  const kept = data.pages.findIndex(({ items }) => (end += items.length) > last) + 1;
  return kept === 0 || kept === data.pages.length ? data : { pages: data.pages.slice(0, kept), pageParams: data.pageParams.slice(0, kept) };
}

/**
 * What the list becomes when `next` arrives: a page that was on its way knows nothing of what became of the pages before it
 * meanwhile, so those stay as they are `now`, and it goes behind them if it still follows there. Rows it brings a second time are left out.
 */
export function withArrived(now: LoadedPages, next: LoadedPages): LoadedPages {
  const loaded = now.pages.length;
  if (next.pages.length <= loaded) return next;
  if (next.pageParams[loaded] !== now.pages.at(-1)?.nextCursor) return now;
  const known = idsIn(now);
  const arrived = next.pages.slice(loaded).map((page) => ({ ...page, items: page.items.filter(({ taskId }) => !known.has(taskId)) }));
  return { pages: [...now.pages, ...arrived], pageParams: [...now.pageParams, ...next.pageParams.slice(loaded)] };
}

/** The pages with newer versions of their rows put in place. Rows keep their order; nothing comes or goes. What only this list was asked for stays. */
export function patchRows(data: LoadedPages, fresh: ReadonlyMap<string, TrainTaskSummary>): LoadedPages {
  const patched = (row: TrainTaskSummary): TrainTaskSummary => {
    const newer = fresh.get(row.taskId);
    return newer === undefined
      ? row
      : row.columns === undefined || newer.columns !== undefined
        ? newer
        : { ...newer, columns: row.columns };
  };
  return changeRows(data, fresh, patched);
}

/** The pages with what reports have changed of their running rows. */
export function progressRows(data: LoadedPages, fresh: ReadonlyMap<string, TaskProgress>): LoadedPages {
  return changeRows(data, fresh, (row) => withProgress(row, fresh.get(row.taskId)));
}

function changeRows(
  data: LoadedPages,
  fresh: ReadonlyMap<string, unknown>,
  change: (row: TrainTaskSummary) => TrainTaskSummary,
): LoadedPages {
  const pages = data.pages.map((page) =>
    page.items.some(({ taskId }) => fresh.has(taskId)) ? { ...page, items: page.items.map(change) } : page,
  );
  return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
}

/** The pages without some rows; the count goes down with them. */
export function dropRows(data: LoadedPages, gone: ReadonlySet<string>): LoadedPages {
  if (gone.size === 0) return data;
  const dropped = data.pages.reduce((sum, { items }) => sum + items.filter(({ taskId }) => gone.has(taskId)).length, 0);
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.filter(({ taskId }) => !gone.has(taskId)),
      ...(page.total === undefined ? {} : { total: page.total - dropped }),
    })),
  };
}

/**
 * The pages with the new ones of `rows`, each behind the row it follows there, on top where it follows none; they count.
 * What has come in meanwhile, by loading the list again, stays where it is.
 *
 * @param rows in the order of the list
 */
export function placeRows(data: LoadedPages, rows: readonly TrainTaskSummary[]): LoadedPages {
  const [head] = data.pages;
  const isNew = new Set(unknownRows(data, rows).map(({ taskId }) => taskId));
  if (head === undefined || isNew.size === 0) return data;
  const following = new Map<string | null, TrainTaskSummary[]>();
  let before: string | null = null;
  for (const row of rows) {
    if (isNew.has(row.taskId)) following.set(before, [...(following.get(before) ?? []), row]);
    else before = row.taskId;
  }
  const placed = (items: readonly TrainTaskSummary[]): TrainTaskSummary[] =>
    items.flatMap((row) => [row, ...(following.get(row.taskId) ?? [])]);
  return {
    ...data,
    pages: data.pages.map((page, index) =>
      index > 0
        ? page.items.some(({ taskId }) => following.has(taskId))
          ? { ...page, items: placed(page.items) }
          : page
        : {
            ...page,
            items: [...(following.get(null) ?? []), ...placed(page.items)],
            ...(page.total === undefined ? {} : { total: page.total + isNew.size }),
          },
    ),
  };
}

/** The pages with another number of all rows. */
export function recount(data: LoadedPages, { total, totalIsEstimate }: Pick<TrainTaskPage, 'total' | 'totalIsEstimate'>): LoadedPages {
  return { ...data, pages: data.pages.map((page, index) => (index === 0 ? { ...page, total, totalIsEstimate } : page)) };
}

/** Those of some rows that the list does not have yet, in their order. */
export function unknownRows(data: LoadedPages, rows: readonly TrainTaskSummary[]): TrainTaskSummary[] {
  const known = idsIn(data);
  return rows.filter(({ taskId }) => !known.has(taskId));
}

/** What changed tasks mean for a list: those that moved to the trash or out of it are `gone`, those it does not have are `unknown`. */
export function sortOut(
  data: LoadedPages,
  changed: ReadonlyMap<string, TrainTaskSummary>,
  trash: boolean,
): { gone: Set<string>; unknown: TrainTaskSummary[] } {
  const known = idsIn(data);
  const belongs = [...changed.values()].filter(({ deletedAt }) => (deletedAt !== null) === trash);
  const gone = [...changed.values()].filter((task) => known.has(task.taskId) && !belongs.includes(task));
  return { gone: new Set(gone.map(({ taskId }) => taskId)), unknown: belongs.filter(({ taskId }) => !known.has(taskId)) };
}

/** The public ids of all loaded rows. */
export function idsIn({ pages }: LoadedPages): Set<string> {
  return new Set(pages.flatMap(({ items }) => items.map(({ taskId }) => taskId)));
}
