import type { TrainTaskPage, TrainTaskSummary } from '@lora-ledger/contracts';
import type { InfiniteData } from '@tanstack/react-query';

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

/** The pages with newer versions of their rows put in place. Rows keep their order; nothing comes or goes. */
export function patchRows(data: LoadedPages, fresh: ReadonlyMap<string, TrainTaskSummary>): LoadedPages {
  return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map((row) => fresh.get(row.taskId) ?? row) })) };
}

/** The pages without some rows; the count goes down with them. */
export function dropRows(data: LoadedPages, gone: ReadonlySet<string>): LoadedPages {
  const dropped = data.pages.reduce((sum, { items }) => sum + items.filter(({ taskId }) => gone.has(taskId)).length, 0);
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page, items: page.items.filter(({ taskId }) => !gone.has(taskId)), ...(page.total === undefined ? {} : { total: page.total - dropped }),
    })),
  };
}

/** The pages with new rows on top; they count. */
export function prependRows(data: LoadedPages, rows: readonly TrainTaskSummary[]): LoadedPages {
  const [head, ...rest] = data.pages;
  return head === undefined ? data : { ...data, pages: [{ ...head, items: [...rows, ...head.items], ...(head.total === undefined ? {} : { total: head.total + rows.length }) }, ...rest] };
}

/** Rows of a fresh first page that the list does not have yet, in the order of the page. */
export function unknownRows(data: LoadedPages, page: TrainTaskPage): TrainTaskSummary[] {
  const known = new Set(data.pages.flatMap(({ items }) => items.map(({ taskId }) => taskId)));
  return page.items.filter(({ taskId }) => !known.has(taskId));
}
