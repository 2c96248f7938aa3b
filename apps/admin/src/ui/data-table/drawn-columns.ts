import { useMemo, type CSSProperties, type ReactNode } from 'react';
import type { Column } from './column.js';
import css from './data-table.module.css';
import { fits } from './fitting-text.js';
import type { Shading } from './shading.js';
import type { VisibleColumn } from './use-columns.js';

/** Pixels of the column with the boxes to tick. */
export const SELECT_WIDTH = 40;
/** Pixels that the growing column takes at most of what is left over: on a large screen a row should not fall apart. */
const GROWTH_MAX = 300;

/** Pixels on both sides of what a cell shows. */
const PADDING = 20;
/** Of a table, as part of the size people have set for their browser. */
const FONT_SIZE = 0.875;

/** A column as its cells need it: worked out once for all rows. */
export interface DrawnColumn<Row> {
  column: Column<Row>;
  className: string;
  style: CSSProperties | undefined;
  /** Whether its cell has room for what it shows, so that nothing needs to be cut off. */
  holds: (content: ReactNode) => boolean;
  /** How strongly a row is shaded; `undefined`: not at all. */
  level: ((row: Row) => number | undefined) | undefined;
}

/** Stays the same object until a cell would look different: how wide columns are is the business of the grid, unless they are narrower than meant. */
export function useDrawnColumns<Row>(
  columns: readonly Column<Row>[],
  visible: readonly VisibleColumn<Row>[],
  shading: Shading<Row>,
  selectable: boolean,
): readonly DrawnColumn<Row>[] {
  const key = visible
    .map(({ column, width, pinnedAt }) => `${column.id}:${pinnedAt ?? ''}:${width < column.width}:${shading.get(column.id)?.key ?? ''}`)
    .join();
  return useMemo(() => {
    const fontSize = FONT_SIZE * parseFloat(getComputedStyle(document.documentElement).fontSize);
    return visible.map(({ column, width, pinnedAt, lastPinned }) => {
      const room = width < column.width ? 0 : column.width - PADDING;
      return {
        column,
        className: cellClass(css.cell, pinnedAt, lastPinned),
        style: pinnedAt === null ? undefined : pinStyle(pinnedAt, selectable),
        level: shading.get(column.id)?.level,
        holds: (content) => (column.fits === true && room > 0) || fits(content, room, fontSize),
      };
    });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, columns, selectable]);
}

/** The tracks of every row's grid, so that all of them line up without being laid out together. */
export function columnTracks(
  columns: readonly Pick<VisibleColumn<never>, 'width' | 'grows'>[],
  selectable: boolean,
  bare: boolean,
): string {
  const tracks = columns.map(({ width, grows }) =>
    grows ? `minmax(${width}px, ${bare ? '1fr' : `${width + GROWTH_MAX}px`})` : `${width}px`,
  );
  return [...(selectable ? [`${SELECT_WIDTH}px`] : []), ...tracks].join(' ');
}

export function cellClass(base: string | undefined, pinnedAt: number | null, lastPinned: boolean): string {
  return pinnedAt === null ? (base ?? '') : `${base} ${css.pinned}${lastPinned ? ` ${css.lastPinned}` : ''}`;
}

/** Where a pinned cell sticks, for the style sheet. */
export function pinStyle(pinnedAt: number | null, selectable: boolean): CSSProperties {
  return pinnedAt === null ? {} : ({ '--pin': `${pinnedAt + (selectable ? SELECT_WIDTH : 0)}px` } as CSSProperties);
}
