import { Skeleton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type FocusEvent, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { BodyRow } from './body-row.js';
import css from './data-table.module.css';
import type { DataTableProps } from './data-table.js';
import type { DrawnColumn } from './drawn-columns.js';
import { RowSlots } from './row-slots.js';
import { rowsToDraw } from './rows-to-draw.js';
import { useActiveRow } from './use-active-row.js';
import { keptPlace, useKeptPlace } from './use-kept-place.js';
import { useRowKeys } from './use-row-keys.js';

export const HEAD_HEIGHT = 36;
const SKELETON_ROWS = 14;
/** The next page is asked for while this many rows are still ahead: about three screens. */
const AHEAD = 60;

interface TableBodyProps<Row> extends Pick<
  DataTableProps<Row>,
  | 'rows'
  | 'rowId'
  | 'rowLabel'
  | 'loading'
  | 'stale'
  | 'hasMore'
  | 'onMore'
  | 'onOpen'
  | 'onHint'
  | 'selection'
  | 'keys'
  | 'onRange'
  | 'place'
  | 'bare'
> {
  viewport: HTMLElement | null;
  columns: readonly DrawnColumn<Row>[];
  rowHeight: number;
}

/** The rows in view. Scrolling draws this part of the table again and no other. */
export function TableBody<Row>({
  viewport,
  columns,
  rows,
  rowId,
  rowLabel,
  rowHeight,
  loading,
  stale,
  hasMore,
  onMore,
  onOpen,
  onHint,
  selection,
  keys,
  onRange,
  place,
  bare = false,
}: TableBodyProps<Row>) {
  const { t } = useTranslation();
  const selectable = selection !== undefined;
  const [initial] = useState(() => keptPlace(place));
  const { active, activeIndex, activate } = useActiveRow(rows, rowId, initial.active);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => viewport,
    estimateSize: () => rowHeight,
    // Which rows are drawn beyond those in view depends on where it moves: `rowsToDraw` adds them.
    overscan: 0,
    scrollPaddingEnd: HEAD_HEIGHT,
    initialOffset: initial.offset,
    // Until it is measured the table is thought to be as high as the window, so that rows are drawn at once.
    initialRect: { width: 0, height: window.innerHeight },
  });
  // It remembers the heights of rows: those of a table are not those of the cards that a narrow window shows.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const items = loading ? [] : virtualizer.getVirtualItems();
  const inView = { first: items[0]?.index ?? 0, last: items.at(-1)?.index ?? -1 };
  const { first, last } = rowsToDraw(inView, rows.length, virtualizer.scrollDirection);
  const [slots] = useState(() => new RowSlots());
  const shown = slots.place(first, last, !virtualizer.isScrolling);
  useKeptPlace(place, {
    isShown: !stale && !loading,
    // Reached by mouse or key is a matter of the moment: coming back must not take the focus.
    now: () => ({ offset: virtualizer.scrollOffset ?? 0, active: active && { ...active, byKey: false } }),
    go: (there) => {
      virtualizer.scrollToOffset(there.offset);
      activate(there.active);
    },
  });
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
    const [from = 0, to = 0] = [order.indexOf(range ? (lastSelected.current ?? id) : id), order.indexOf(id)].sort((a, b) => a - b);
    const adding = !selection.ids.has(id);
    for (const one of order.slice(from, to + 1)) {
      if (adding) ids.add(one);
      else ids.delete(one);
    }
    lastSelected.current = id;
    selection.onChange(ids);
  };
  const goTo = (index: number, byKey: boolean): void => {
    const row = rows[index];
    if (row !== undefined) activate({ id: rowId(row), index, byKey });
  };
  useRowKeys({
    rows,
    active: activeIndex,
    onOpen,
    further: keys,
    onSelect: selectable ? (row) => select(row, false) : undefined,
    moveTo: (index) => {
      virtualizer.scrollToIndex(index);
      goTo(index, true);
    },
  });
  const click = (event: MouseEvent<HTMLElement>): void => {
    const target = event.target as HTMLElement;
    const [index, row] = rowOf(target, rows);
    if (row === undefined) return;
    goTo(index, false);
    const link = target.closest('a[data-opens]');
    if (target.closest('[data-select]')) select(row, event.shiftKey);
    else if (link !== null) followLink(event, () => onOpen?.(row));
    else if (target.closest('a, button, input, label') === null && (window.getSelection()?.toString() ?? '') === '') onOpen?.(row);
  };
  const hint = ({ target }: { target: EventTarget }): void => {
    if (onHint === undefined || (target as HTMLElement).closest('a[data-opens]') === null) return;
    const [, row] = rowOf(target as HTMLElement, rows);
    if (row !== undefined) onHint(row);
  };

  const leave = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    // Nowhere (`null`) is where the focus of a row goes that scrolls out.
    if (active?.byKey === true && relatedTarget !== null && !currentTarget.contains(relatedTarget)) activate({ ...active, byKey: false });
  };

  if (loading)
    return (
      <tbody className={css.body}>
        <Skeletons cells={columns.length + (selectable ? 1 : 0)} />
      </tbody>
    );
  return (
    <tbody
      role="rowgroup"
      className={css.body}
      style={{ height: virtualizer.getTotalSize() }}
      onClick={click}
      onMouseOver={hint}
      onFocus={hint}
      onBlur={leave}
    >
      {shown.map(({ slot, index }) => {
        const row = rows[index];
        if (row === undefined) return null;
        const id = rowId(row);
        return (
          <BodyRow
            key={slot}
            row={row}
            id={id}
            label={rowLabel(row)}
            index={index}
            rowIndex={index + (bare ? 1 : 2)}
            top={index * rowHeight}
            columns={columns}
            selectable={selectable}
            selected={selection?.ids.has(id) ?? false}
            active={activeIndex === index}
            focused={activeIndex === index && active?.byKey === true}
            t={t}
          />
        );
      })}
    </tbody>
  );
}

function rowOf<Row>(target: HTMLElement, rows: readonly Row[]): [number, Row | undefined] {
  const index = Number(target.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? -1);
  return [index, rows[index]];
}

/** Inside the application, unless another tab or window is wanted. */
function followLink(event: MouseEvent, open: () => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open();
}

function Skeletons({ cells }: { cells: number }) {
  return Array.from({ length: SKELETON_ROWS }, (_row, index) => (
    <tr key={index} className={css.skeleton} aria-hidden>
      {Array.from({ length: cells }, (_cell, at) => (
        <td key={at} className={css.cell}>
          <Skeleton height={10} width={`${45 + ((index * 7 + at * 13) % 5) * 10}%`} />
        </td>
      ))}
    </tr>
  ));
}
