import type { TFunction } from 'i18next';
import { memo, useEffect, useRef } from 'react';
import css from './data-table.module.css';
import type { DrawnColumn } from './drawn-columns.js';

interface BodyRowProps<Row> {
  row: Row;
  id: string;
  label: string;
  /** Position in the whole list, from 0. */
  index: number;
  /** Position in the table, from 1: a header counts. */
  rowIndex: number;
  /** Pixels from the top of the rows. */
  top: number;
  columns: readonly DrawnColumn<Row>[];
  selectable: boolean;
  selected: boolean;
  active: boolean;
  /** The row was reached by keyboard and takes the focus. */
  focused: boolean;
  t: TFunction;
}

function BodyRowOf<Row>({ row, id, label, index, rowIndex, top, columns, selectable, selected, active, focused, t }: BodyRowProps<Row>) {
  const element = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    const here = element.current;
    // The element shows one row after the other: a row that scrolls out takes its focus with it.
    return () => {
      const { activeElement } = document;
      if (activeElement instanceof HTMLElement && here?.contains(activeElement) === true) activeElement.blur();
    };
  }, [id]);
  useEffect(() => {
    const here = element.current;
    if (focused && !isTypingOutside(here)) here?.focus({ preventScroll: true });
  }, [focused, id]);

  return (
    <tr
      ref={element}
      role="row"
      className={css.row}
      style={{ top }}
      tabIndex={-1}
      data-row={index}
      aria-rowindex={rowIndex}
      data-selected={selected || undefined}
      data-active={active || undefined}
    >
      {selectable && (
        <td role="cell" className={SELECT_CLASS} data-select>
          <input type="checkbox" className={css.check} checked={selected} aria-label={t('table.selectRow', { name: label })} readOnly />
        </td>
      )}
      {columns.map(({ column, className, style, level, holds }) => {
        const content = column.cell(row);
        return (
          <td
            key={column.id}
            role="cell"
            className={className}
            style={style}
            data-align={column.align}
            data-shade={level?.(row)}
            data-cut={!holds(content) || undefined}
          >
            {content}
          </td>
        );
      })}
    </tr>
  );
}

/** A row that others push into another element must not take the focus away from a field. */
function isTypingOutside(row: HTMLElement | null): boolean {
  const { activeElement } = document;
  return activeElement?.matches('input, textarea, [contenteditable]') === true && row?.closest('table')?.contains(activeElement) !== true;
}

const SELECT_CLASS = `${css.cell} ${css.pinned} ${css.select}`;

/**
 * Rows are drawn again only when they or their columns change: a report about one task costs one row. They hold plain elements, no
 * components of the kit, and clicks are handled by the body of the table, so that hundreds of them a second are no work to speak of.
 */
export const BodyRow = memo(
  BodyRowOf,
  (before, after) =>
    before.row === after.row &&
    before.columns === after.columns &&
    before.index === after.index &&
    before.rowIndex === after.rowIndex &&
    before.top === after.top &&
    before.selected === after.selected &&
    before.active === after.active &&
    before.focused === after.focused,
) as typeof BodyRowOf;
