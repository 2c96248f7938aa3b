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
  cell: (row: Row) => ReactNode;
}

export interface SortState {
  field: string;
  descending: boolean;
}

/** `-startTime` ⇄ `{field: 'startTime', descending: true}`, the API's own way to write an order. */
export function parseSort(sort: string | undefined): SortState | null {
  if (sort === undefined || sort === '') return null;
  return sort.startsWith('-') ? { field: sort.slice(1), descending: true } : { field: sort, descending: false };
}

export function formatSort({ field, descending }: SortState): string {
  return descending ? `-${field}` : field;
}

/** What a click on a header means: first the order that is looked for most, then its opposite, then none. */
export function nextSort(current: SortState | null, field: string): SortState | null {
  if (current?.field !== field) return { field, descending: false };
  return current.descending ? null : { field, descending: true };
}
