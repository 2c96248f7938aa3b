import { Checkbox } from '@mantine/core';
import { memo, useEffect, useRef, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import css from './data-table.module.css';
import type { Shading } from './shading.js';
import type { VisibleColumn } from './use-columns.js';

export const SELECT_WIDTH = 40;

interface BodyRowProps<Row> {
  row: Row;
  label: string;
  /** Position in the whole list, from 0. */
  index: number;
  columns: readonly VisibleColumn<Row>[];
  shading: Shading<Row>;
  /** Changes whenever the drawing of `columns` or their shading does; compared instead of them. */
  columnsKey: string;
  selectable: boolean;
  selected: boolean;
  active: boolean;
  /** The row was reached by keyboard and takes the focus. */
  focused: boolean;
  filler: boolean;
}

function BodyRowOf<Row>({ row, label, index, columns, shading, selectable, selected, active, focused, filler }: BodyRowProps<Row>) {
  const { t } = useTranslation();
  const element = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (focused) element.current?.focus({ preventScroll: true });
  }, [focused]);

  return (
    <tr ref={element} className={css.row} tabIndex={-1} data-row={index} aria-rowindex={index + 2} data-selected={selected || undefined} data-active={active || undefined}>
      {selectable && (
        <td className={`${css.cell} ${css.pinned}`} style={{ insetInlineStart: 0 }}>
          <Checkbox size="xs" checked={selected} aria-label={t('table.selectRow', { name: label })} data-select readOnly />
        </td>
      )}
      {columns.map(({ column, pinnedAt, lastPinned }) => (
        <td key={column.id} className={cellClass(css.cell, pinnedAt, lastPinned)} style={pinStyle(pinnedAt, selectable)} data-align={column.align} data-shade={shading.get(column.id)?.level(row)}>{column.cell(row)}</td>
      ))}
      {filler && <td className={css.cell} aria-hidden />}
    </tr>
  );
}

/**
 * Rows are drawn again only when they or their columns change: a report about one task costs one row.
 * Clicks are handled by the table body, so that no handler has to be compared.
 */
export const BodyRow = memo(BodyRowOf, (before, after) => (
  before.row === after.row && before.columnsKey === after.columnsKey && before.index === after.index && before.selected === after.selected
  && before.active === after.active && before.focused === after.focused && before.filler === after.filler
)) as typeof BodyRowOf;

export function cellClass(base: string | undefined, pinnedAt: number | null, lastPinned: boolean): string {
  return [base, pinnedAt === null ? '' : css.pinned, lastPinned ? css.lastPinned : ''].join(' ');
}

export function pinStyle(pinnedAt: number | null, selectable: boolean): CSSProperties {
  return pinnedAt === null ? {} : { insetInlineStart: pinnedAt + (selectable ? SELECT_WIDTH : 0) };
}
