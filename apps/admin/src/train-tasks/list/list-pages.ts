import type { TaskProgress, TrainTaskPage, TrainTaskSummary } from '@lora-ledger/contracts';
import type { InfiniteData } from '@tanstack/react-query';
import { withProgress } from '../../api/task-stream.js';

export type LoadedPages = InfiniteData<TrainTaskPage, string | null>;

/** The loaded pages that rows `first` … `last` of the list stand on, as indexes. */
export function pagesInView(pages: readonly TrainTaskPage[], first: number, last: number): number[] {
  let start = 0;
  return pages.flatMap(({ items }, index) => {
    const begin = start;
    start += items.length;
    return begin <= last && start > first ? [index] : [];
  });
}

/** The pages with newer versions of their rows put in place. Rows keep their order; nothing comes or goes. What only this list was asked for stays. */
export function patchRows(data: LoadedPages, fresh: ReadonlyMap<string, TrainTaskSummary>): LoadedPages {
  const patched = (row: TrainTaskSummary): TrainTaskSummary => {
    const newer = fresh.get(row.taskId);
    return newer === undefined ? row : row.columns === undefined || newer.columns !== undefined ? newer : { ...newer, columns: row.columns };
  };
  return changeRows(data, fresh, patched);
}

/** The pages with what reports have changed of their running rows. */
export function progressRows(data: LoadedPages, fresh: ReadonlyMap<string, TaskProgress>): LoadedPages {
  return changeRows(data, fresh, (row) => withProgress(row, fresh.get(row.taskId)));
}

function changeRows(data: LoadedPages, fresh: ReadonlyMap<string, unknown>, change: (row: TrainTaskSummary) => TrainTaskSummary): LoadedPages {
  const pages = data.pages.map((page) => (page.items.some(({ taskId }) => fresh.has(taskId)) ? { ...page, items: page.items.map(change) } : page));
  return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
}

/** The pages without some rows; the count goes down with them. */
export function dropRows(data: LoadedPages, gone: ReadonlySet<string>): LoadedPages {
  if (gone.size === 0) return data;
  const dropped = data.pages.reduce((sum, { items }) => sum + items.filter(({ taskId }) => gone.has(taskId)).length, 0);
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page, items: page.items.filter(({ taskId }) => !gone.has(taskId)), ...(page.total === undefined ? {} : { total: page.total - dropped }),
    })),
  };
}

/** The pages with new rows on top; they count. What has come in meanwhile, by loading the list again, stays where it is. */
export function prependRows(data: LoadedPages, rows: readonly TrainTaskSummary[]): LoadedPages {
  const [head, ...rest] = data.pages;
  const added = unknownRows(data, rows);
  if (head === undefined || added.length === 0) return data;
  return { ...data, pages: [{ ...head, items: [...added, ...head.items], ...(head.total === undefined ? {} : { total: head.total + added.length }) }, ...rest] };
}

/** Those of some rows that the list does not have yet, in their order. */
export function unknownRows(data: LoadedPages, rows: readonly TrainTaskSummary[]): TrainTaskSummary[] {
  const known = idsIn(data);
  return rows.filter(({ taskId }) => !known.has(taskId));
}

/** What changed tasks mean for a list: those that moved to the trash or out of it are `gone`, those it does not have are `unknown`. */
export function sortOut(data: LoadedPages, changed: ReadonlyMap<string, TrainTaskSummary>, trash: boolean): { gone: Set<string>; unknown: TrainTaskSummary[] } {
  const known = idsIn(data);
  const belongs = [...changed.values()].filter(({ deletedAt }) => (deletedAt !== null) === trash);
  const gone = [...changed.values()].filter((task) => known.has(task.taskId) && !belongs.includes(task));
  return { gone: new Set(gone.map(({ taskId }) => taskId)), unknown: belongs.filter(({ taskId }) => !known.has(taskId)) };
}

function idsIn({ pages }: LoadedPages): Set<string> {
  return new Set(pages.flatMap(({ items }) => items.map(({ taskId }) => taskId)));
}
