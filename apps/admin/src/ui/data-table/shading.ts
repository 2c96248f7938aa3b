import { useMemo } from 'react';
import type { VisibleColumn } from './use-columns.js';

/** Steps of colour, from hardly any to the strongest that text stays readable on. */
export const SHADES = 8;
/** A range over more than so many times its lowest value is looked at by orders of magnitude: learning rates, losses of runs that went astray. */
const LOG_FROM = 30;

export interface ColumnShading<Row> {
  /** Changes whenever a number may get another shade. */
  key: string;
  /** 1 … `SHADES`; `undefined` where there is no number. */
  level: (row: Row) => number | undefined;
}
export type Shading<Row> = ReadonlyMap<string, ColumnShading<Row>>;

/** How strongly the numbers of the shaded columns are coloured, by where they stand between the lowest and the highest of the loaded rows. */
export function useShading<Row>(visible: readonly VisibleColumn<Row>[], shaded: readonly string[], rows: readonly Row[]): Shading<Row> {
  const wanted = visible.filter(({ column }) => shaded.includes(column.id)).map(({ column }) => column);
  const ids = wanted.map(({ id }) => id).join();
  const shadings = () => new Map(wanted.flatMap(({ id, number }) => (number === undefined ? [] : [[id, shadingOf(number, rows)]])));
  // Columns are described anew only with the language; which of them are drawn changes with `ids`.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => shadings(), [ids, rows]);
}

export function shadingOf<Row>(number: (row: Row) => number | null | undefined, rows: readonly Row[]): ColumnShading<Row> {
  let [low, high] = [Infinity, -Infinity];
  for (const row of rows) {
    const value = number(row);
    if (!isNumber(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const scale = low > 0 && high / low > LOG_FROM ? Math.log : (value: number) => value;
  const span = scale(high) - scale(low);
  return {
    key: `${low} ${high}`,
    level: (row) => {
      const value = number(row);
      if (!isNumber(value)) return undefined;
      return span > 0 ? 1 + Math.min(SHADES - 1, Math.floor(((scale(value) - scale(low)) / span) * SHADES)) : 1;
    },
  };
}

function isNumber(value: number | null | undefined): value is number {
  return value != null && Number.isFinite(value);
}
