import {
  columnOrderingFeature, columnPinningFeature, columnResizingFeature, columnSizingFeature, columnVisibilityFeature, tableFeatures, useTable, type ColumnDef, type Header, type ReactTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Column } from './column.js';
import { clampWidth, MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH, type TableLayout } from './table-layout.js';

/** Sorting, filtering and paging are the server's; what is left for the table engine are the columns. */
const features = tableFeatures({ columnVisibilityFeature, columnOrderingFeature, columnPinningFeature, columnSizingFeature, columnResizingFeature });

type Features = typeof features;
interface Nothing { readonly id: string }
const NO_ROWS: Nothing[] = [];

export type ColumnHeader = Header<Features, Nothing, unknown>;
export interface VisibleColumn<Row> {
  column: Column<Row>;
  header: ColumnHeader;
  width: number;
  /** Takes what is left of the viewport's width. */
  grows: boolean;
  /** Distance from the edge, where the column is pinned. */
  pinnedAt: number | null;
  lastPinned: boolean;
}

/** The columns as they are to be drawn, left to right, pinned ones first. */
export function useColumns<Row>(columns: readonly Column<Row>[], layout: TableLayout, setLayout: (change: (layout: TableLayout) => TableLayout) => void): {
  visible: VisibleColumn<Row>[];
  table: ReactTable<Features, Nothing>;
} {
  const definitions = useMemo<ColumnDef<Features, Nothing>[]>(
    () => columns.map(({ id, width }) => ({ id, header: id, size: width, minSize: MIN_COLUMN_WIDTH, maxSize: MAX_COLUMN_WIDTH })),
    [columns],
  );
  const state = useMemo(() => ({
    columnOrder: layout.order,
    columnVisibility: Object.fromEntries(layout.hidden.map((id) => [id, false])),
    columnPinning: { start: layout.pinned, end: [] },
    columnSizing: layout.sizes,
  }), [layout]);
  const table = useTable({
    features, data: NO_ROWS, columns: definitions, state, columnResizeMode: 'onChange',
    onColumnSizingChange: (change) => setLayout((before) => {
      const sizes = typeof change === 'function' ? change(before.sizes) : change;
      return { ...before, sizes: Object.fromEntries(Object.entries(sizes).map(([id, size]) => [id, clampWidth(size)])) };
    }),
  });

  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const visible = headers.flatMap((header, index) => {
    const column = byId.get(header.column.id);
    if (column === undefined) return [];
    const pinned = header.column.getIsPinned() === 'start';
    return [{
      column, header, width: header.getSize(), grows: column.grows === true && layout.sizes[column.id] === undefined,
      pinnedAt: pinned ? header.column.getStart('start') : null,
      lastPinned: pinned && headers[index + 1]?.column.getIsPinned() !== 'start',
    }];
  });
  return { visible, table };
}
