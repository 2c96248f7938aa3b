import { useCallback, useEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSort, parseSort, type Column, type SortState } from './column.js';
import css from './data-table.module.css';
import { columnTracks, SELECT_WIDTH, useDrawnColumns } from './drawn-columns.js';
import { useShading } from './shading.js';
import { TableBody } from './table-body.js';
import { TableHead } from './table-head.js';
import type { TableLayout } from './table-layout.js';
import { useColumns } from './use-columns.js';
import type { RowKey } from './use-row-keys.js';

export interface DataTableProps<Row> {
  /** What the list is, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  layout: TableLayout;
  setLayout: (change: (layout: TableLayout) => TableLayout) => void;
  rows: readonly Row[];
  rowId: (row: Row) => string;
  rowLabel: (row: Row) => string;
  /** Pixels, the same for all rows. */
  rowHeight?: number;
  /** No header: a list of cards rather than a table, for phones. */
  bare?: boolean;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
  /** Fields it can be sorted by at once; one unless told otherwise. */
  sortMax?: number;
  /** Nothing is there yet: skeletons. */
  loading: boolean;
  /** What is shown belongs to the question before. */
  stale: boolean;
  hasMore: boolean;
  onMore: () => void;
  /** Absent: there is nothing to open. */
  onOpen?: (row: Row) => void;
  /** Somebody points at the way into a row: a link with `data-opens`. */
  onHint?: (row: Row) => void;
  selection?: { ids: ReadonlySet<string>; onChange: (ids: Set<string>) => void };
  keys?: readonly RowKey<Row>[];
  /** What is shown, as a step in the history of the tab: coming back to it finds the rows where they were left, a new one begins at its top. */
  place?: string;
  /** First and last row in view, whenever they change. */
  onRange?: (first: number, last: number) => void;
}

/** The one table of the product: virtual rows, columns to everybody's taste, everything else asked of the server. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const {
    columns,
    layout,
    setLayout,
    rows,
    rowId,
    rowHeight = 38,
    bare = false,
    loading,
    stale,
    hasMore,
    selection,
    onSort,
    sortMax = 1,
  } = props;
  const { t } = useTranslation();
  const [viewport, setViewport] = useState<HTMLDivElement | null>(null);
  const { visible } = useColumns(columns, layout, setLayout);
  const shading = useShading(visible, layout.shaded, rows);
  const selectable = selection !== undefined;
  const drawn = useDrawnColumns(columns, visible, shading, selectable);
  const sort = useMemo(() => parseSort(props.sort), [props.sort]);
  const changeSort = useCallback((next: readonly SortState[]) => onSort(formatSort(next)), [onSort]);
  useShiftedMark(viewport);
  const tickable = useRef({ rows, rowId, selection });
  useEffect(() => {
    tickable.current = { rows, rowId, selection };
  });
  const tick = useCallback((all: boolean) => {
    const now = tickable.current;
    now.selection?.onChange(new Set(all ? now.rows.map(now.rowId) : []));
  }, []);

  const chosen = selection?.ids.size ?? 0;
  const ticked = !selectable ? null : chosen === 0 || rows.length === 0 ? 'none' : chosen >= rows.length ? 'all' : 'some';
  const width = visible.reduce((sum, column) => sum + column.width, selectable ? SELECT_WIDTH : 0);
  const style = {
    minWidth: width,
    '--columns': columnTracks(visible, selectable, bare),
    '--row-height': `${rowHeight}px`,
  } as CSSProperties;

  return (
    <div
      ref={setViewport}
      className={`${css.viewport} ${stale ? css.stale : ''}`}
      tabIndex={0}
      role="region"
      aria-label={props.label}
      aria-busy={loading || stale}
    >
      <table role="table" className={css.table} style={style} aria-rowcount={hasMore ? -1 : rows.length + (bare ? 0 : 1)}>
        {!bare && (
          <TableHead
            columns={visible}
            sort={sort}
            sortMax={sortMax}
            shaded={layout.shaded}
            setLayout={setLayout}
            onSort={changeSort}
            ticked={ticked}
            onTick={tick}
          />
        )}
        <TableBody {...props} viewport={viewport} columns={drawn} rowHeight={rowHeight} />
      </table>
      {!loading && rows.length > 0 && <div className={css.footer}>{hasMore ? t('table.loading') : t('table.end')}</div>}
    </div>
  );
}

/**
 * Says on the element whether it is scrolled sideways. Only then are pinned columns made to stick: while nothing lies under them it
 * would change nothing but make the browser keep every pinned cell as a picture of its own.
 */
function useShiftedMark(element: HTMLElement | null): void {
  useEffect(() => {
    if (element === null) return undefined;
    const mark = (): void => {
      element.toggleAttribute('data-shifted', element.scrollLeft !== 0);
    };
    // In the capturing phase, that is before rows are put in: afterwards the question would have the whole table laid out at once.
    const options = { passive: true, capture: true };
    element.addEventListener('scroll', mark, options);
    return () => element.removeEventListener('scroll', mark, options);
  }, [element]);
}
