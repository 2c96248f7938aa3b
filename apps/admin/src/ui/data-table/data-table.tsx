import { Checkbox, Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type MouseEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { BodyRow, cellClass, pinStyle, SELECT_WIDTH } from './body-row.js';
import { formatSort, parseSort, type Column } from './column.js';
import css from './data-table.module.css';
import { HeaderCell } from './header-cell.js';
import { useShading } from './shading.js';
import type { TableLayout } from './table-layout.js';
import { useColumns } from './use-columns.js';
import { useRowKeys } from './use-row-keys.js';

const HEAD_HEIGHT = 36;
const SKELETON_ROWS = 14;
/** Pixels that the growing column takes at most of what is left over: on a large screen a row should not fall apart. */
const GROWTH_MAX = 300;
/** The next page is asked for while this many rows are still ahead. */
const AHEAD = 20;

export interface DataTableProps<Row> {
  /** What the list is, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  layout: TableLayout;
  setLayout: (change: (layout: TableLayout) => TableLayout) => void;
  rows: readonly Row[];
  rowId: (row: Row) => string;
  rowLabel: (row: Row) => string;
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
  onOpen: (row: Row) => void;
  selection?: { ids: ReadonlySet<string>; onChange: (ids: Set<string>) => void };
  keys?: Readonly<Record<string, (row: Row) => void>>;
  /** First and last row in view, whenever they change. */
  onRange?: (first: number, last: number) => void;
}

/** The one table of the product: virtual rows, columns to everybody's taste, everything else asked of the server. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { columns, layout, setLayout, rows, rowId, rowLabel, rowHeight = 38, bare = false, loading, stale, hasMore, onMore, onOpen, selection, keys, onRange, sortMax = 1 } = props;
  const { t } = useTranslation();
  const viewport = useRef<HTMLDivElement>(null);
  const room = useWidth(viewport);
  const [active, setActive] = useState<Active | null>(null);
  const { visible } = useColumns(columns, layout, setLayout);
  const shading = useShading(visible, layout.shaded, rows);
  const selectable = selection !== undefined;
  const sort = parseSort(props.sort);

  const virtualizer = useVirtualizer({
    count: rows.length, getScrollElement: () => viewport.current, estimateSize: () => rowHeight, overscan: 10, scrollPaddingEnd: HEAD_HEIGHT,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => onRange?.(first, last), [onRange, first, last]);
  useEffect(() => {
    if (hasMore && !stale && last >= rows.length - AHEAD) onMore();
  }, [hasMore, stale, last, rows.length, onMore]);

  const lastSelected = useRef<string | null>(null);
  const select = (row: Row, range: boolean): void => {
    if (selection === undefined) return;
    const id = rowId(row);
    const ids = new Set(selection.ids);
    const order = rows.map(rowId);
    const [from = 0, to = 0] = [order.indexOf(range ? lastSelected.current ?? id : id), order.indexOf(id)].sort((a, b) => a - b);
    const adding = !selection.ids.has(id);
    for (const one of order.slice(from, to + 1)) {
      if (adding) ids.add(one);
      else ids.delete(one);
    }
    lastSelected.current = id;
    selection.onChange(ids);
  };

  const activeIndex = useActiveIndex(rows, rowId, active);
  const activate = (index: number, byKey: boolean): void => {
    const row = rows[index];
    if (row !== undefined) setActive({ id: rowId(row), index, byKey });
  };
  useRowKeys({
    rows, active: activeIndex, onOpen, actions: keys,
    onSelect: selectable ? (row) => select(row, false) : undefined,
    moveTo: (index) => {
      virtualizer.scrollToIndex(index);
      activate(index, true);
    },
  });
  const click = (event: MouseEvent<HTMLElement>): void => {
    const target = event.target as HTMLElement;
    const index = Number(target.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? -1);
    const row = rows[index];
    if (row === undefined) return;
    activate(index, false);
    if (target.closest('[data-select]')) select(row, event.shiftKey);
    else if (target.closest('a, button, input, label') === null && (window.getSelection()?.toString() ?? '') === '') onOpen(row);
  };

  const width = visible.reduce((sum, column) => sum + column.width, selectable ? SELECT_WIDTH : 0);
  const grown = visible.find(({ grows }) => grows);
  const growth = grown === undefined || room <= width ? 0 : Math.min(room - width, bare ? Infinity : GROWTH_MAX);
  const filler = room > width + growth;
  const columnsKey = visible.map(({ column, pinnedAt }) => `${column.id}:${pinnedAt ?? ''}:${shading.get(column.id)?.key ?? ''}`).join();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const span = visible.length + (selectable ? 1 : 0) + (filler ? 1 : 0);

  return (
    <div ref={viewport} className={`${css.viewport} ${stale ? css.stale : ''}`} tabIndex={0} role="region" aria-label={props.label} aria-busy={loading || stale}>
      <table className={css.table} style={{ width: Math.max(room, width), '--row-height': `${rowHeight}px` } as CSSProperties} aria-rowcount={hasMore ? -1 : rows.length + 1}>
        <colgroup>
          {selectable && <col style={{ width: SELECT_WIDTH }} />}
          {visible.map(({ column, width: size }) => <col key={column.id} style={{ width: column === grown?.column ? size + growth : size }} />)}
          {filler && <col />}
        </colgroup>
        <thead className={css.head} hidden={bare}>
          <tr aria-rowindex={1}>
            {selectable && (
              <th className={`${css.headCell} ${css.pinned}`} style={{ insetInlineStart: 0, paddingInline: 10 }}>
                <Checkbox
                  size="xs" aria-label={t('table.selectAll')} checked={rows.length > 0 && selection.ids.size >= rows.length} indeterminate={selection.ids.size > 0 && selection.ids.size < rows.length}
                  onChange={(event) => selection.onChange(new Set(event.currentTarget.checked ? rows.map(rowId) : []))}
                />
              </th>
            )}
            {visible.map(({ column, header, pinnedAt, lastPinned }) => (
              <HeaderCell
                key={column.id} column={column} header={header} sort={sort} sortMax={sortMax} shaded={layout.shaded.includes(column.id)} setLayout={setLayout} className={cellClass(css.headCell, pinnedAt, lastPinned)} style={pinStyle(pinnedAt, selectable)}
                onSort={(next) => props.onSort(formatSort(next))}
              />
            ))}
            {filler && <td className={css.headCell} aria-hidden />}
          </tr>
        </thead>
        <tbody className={css.body} onClick={click}>
          {loading && Array.from({ length: SKELETON_ROWS }, (_, index) => (
            <tr key={index} aria-hidden>{Array.from({ length: span }, (_cell, at) => <td key={at} className={css.cell}><Skeleton height={10} width={`${45 + ((index * 7 + at * 13) % 5) * 10}%`} /></td>)}</tr>
          ))}
          {!loading && before > 0 && <tr className={css.spacer} aria-hidden><td colSpan={span} style={{ height: before }} /></tr>}
          {!loading && items.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const id = rowId(row);
            return (
              <BodyRow
                key={id} row={row} label={rowLabel(row)} index={index} columns={visible} shading={shading} columnsKey={columnsKey} filler={filler} selectable={selectable} selected={selection?.ids.has(id) ?? false}
                active={activeIndex === index} focused={activeIndex === index && active?.byKey === true}
              />
            );
          })}
          {!loading && after > 0 && <tr className={css.spacer} aria-hidden><td colSpan={span} style={{ height: after }} /></tr>}
        </tbody>
      </table>
      {!loading && rows.length > 0 && <div className={css.footer}>{hasMore ? t('table.loading') : t('table.end')}</div>}
    </div>
  );
}

/** Inner width of an element in pixels, as it changes; measured before the first paint. */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

interface Active {
  id: string;
  index: number;
  byKey: boolean;
}

/** Where the active row stands now: it keeps its row when others come or go, and its place when it goes itself. */
function useActiveIndex<Row>(rows: readonly Row[], rowId: (row: Row) => string, active: Active | null): number | null {
  return useMemo(() => {
    if (active === null || rows.length === 0) return null;
    const found = rows.findIndex((row) => rowId(row) === active.id);
    return found === -1 ? Math.min(active.index, rows.length - 1) : found;
  }, [rows, rowId, active]);
}
