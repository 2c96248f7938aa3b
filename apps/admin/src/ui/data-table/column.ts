import type { ReactNode } from 'react';

/** One column of a list, free of the table engine, so that features describe what they show and nothing else. */
export interface Column<Row> {
  /** Stable: layouts that people saved refer to it. */
  id: string;
  /** Header, already translated. */
  title: string;
  /** Pixels before somebody resizes it. */
  width: number;
  align?: 'start' | 'end';
  /** Field the API sorts by; absent: not sortable. */
  sortField?: string;
  /** Not shown until somebody asks for it. */
  hiddenByDefault?: boolean;
  /** Cannot be hidden: without it a row could not be told from others. */
  required?: boolean;
  /** Takes the width that is left over. */
  grows?: boolean;
  /** What it shows never needs more than `width`, or is cut off by itself. */
  fits?: boolean;
  /** The number in a row, for columns that can be shaded by it. */
  number?: (row: Row) => number | null | undefined;
  cell: (row: Row) => ReactNode;
}

export interface SortState {
  field: string;
  descending: boolean;
}

/** `-finalLoss,loraRank` as the API writes an order: by the first field, among equals by the next. */
export function parseSort(sort: string | undefined): SortState[] {
  if (sort === undefined || sort === '') return [];
  return sort
    .split(',')
    .map((key) => (key.startsWith('-') ? { field: key.slice(1), descending: true } : { field: key, descending: false }));
}

/** @returns `undefined` for no order of one's own */
export function formatSort(keys: readonly SortState[]): string | undefined {
  return keys.length === 0 ? undefined : keys.map(({ field, descending }) => (descending ? `-${field}` : field)).join(',');
}

/**
 * What a click on a header means: first the order that is looked for most, then its opposite, then none. With `adding` the other keys
 * stay and this one comes behind them; of more than `max` the last gives way.
 */
export function nextSort(current: readonly SortState[], field: string, adding = false, max = 1): SortState[] {
  const before = current.find((key) => key.field === field);
  const next = before === undefined ? { field, descending: false } : before.descending ? null : { field, descending: true };
  if (!adding) return next === null ? [] : [next];
  if (before !== undefined) return current.flatMap((key) => (key === before ? (next ?? []) : [key]));
  return next === null ? [...current] : [...current.slice(0, max - 1), next];
}
