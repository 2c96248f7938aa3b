import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type Header,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Column } from './column.js';
import { clampWidth, MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH, type TableLayout } from './table-layout.js';

/** Sorting, filtering and paging are the server's; what is left for the table engine are the columns. */
const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnResizingFeature,
});

type Features = typeof features;
interface Nothing {
  readonly id: string;
}
const NO_ROWS: Nothing[] = [];

export type ColumnHeader = Header<Features, Nothing, unknown>;
export interface VisibleColumn<Row> {
  column: Column<Row>;
  header: ColumnHeader;
  width: number;
  /** Takes what is left of the viewport's width. */
  grows: boolean;
  /** Its edge is being dragged. */
  resizing: boolean;
  /** Distance from the edge, where the column is pinned. */
  pinnedAt: number | null;
  lastPinned: boolean;
}

/** The columns as they are to be drawn, left to right, pinned ones first. */
export function useColumns<Row>(
  columns: readonly Column<Row>[],
  layout: TableLayout,
  setLayout: (change: (layout: TableLayout) => TableLayout) => void,
): { visible: VisibleColumn<Row>[] } {
  const definitions = useMemo<ColumnDef<Features, Nothing>[]>(
    () => columns.map(({ id, width }) => ({ id, header: id, size: width, minSize: MIN_COLUMN_WIDTH, maxSize: MAX_COLUMN_WIDTH })),
    [columns],
  );
  const state = useMemo(
    () => ({
      columnOrder: layout.order,
      columnVisibility: Object.fromEntries(layout.hidden.map((id) => [id, false])),
      // One order for all: pinned columns stand in it as the others do.
      columnPinning: { start: layout.order.filter((id) => layout.pinned.includes(id)), end: [] },
      columnSizing: layout.sizes,
    }),
    [layout],
  );
  const table = useTable({
    features,
    data: NO_ROWS,
    columns: definitions,
    state,
    columnResizeMode: 'onChange',
    onColumnSizingChange: (change) =>
      setLayout((before) => {
        const sizes = typeof change === 'function' ? change(before.sizes) : change;
        return { ...before, sizes: Object.fromEntries(Object.entries(sizes).map(([id, size]) => [id, clampWidth(size)])) };
      }),
  });

  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const headers = table.getHeaderGroups()[0]?.headers;
  const resized = headers?.find(({ column }) => column.getIsResizing())?.id;
  const visible = useMemo(
    () =>
      (headers ?? []).flatMap((header, index, all) => {
        const column = byId.get(header.column.id);
        if (column === undefined) return [];
        const pinned = header.column.getIsPinned() === 'start';
        return [
          {
            column,
            header,
            width: header.getSize(),
            grows: column.grows === true && layout.sizes[column.id] === undefined,
            resizing: header.id === resized,
            pinnedAt: pinned ? header.column.getStart('start') : null,
            lastPinned: pinned && all[index + 1]?.column.getIsPinned() !== 'start',
          },
        ];
      }),
    [headers, byId, layout, resized],
  );
  return { visible };
}
