import type { DataSource } from 'typeorm';
import type { Where } from './where.js';

/** Up to here a number of rows is counted; beyond, a count would cost more than the page it stands above. */
export const EXACT_UP_TO = 10_000;

export interface Total {
  total: number;
  /** Whether `total` is the planner's estimate, to two digits, instead of a count. */
  totalIsEstimate: boolean;
}

/**
 * How many rows a statement selects: exact when they are few, else what the statistics of the table say, which ANALYZE keeps within some percent.
 *
 * @param isWhole nothing narrows the rows: what the statistics say is about the table itself, and when that is large there is no need to count
 */
export async function countUpTo(database: Pick<DataSource, 'query'>, from: string, where: Where, isWhole = false): Promise<Total> {
  const guess = isWhole ? await estimate(database, from, where) : 0;
  if (guess > 2 * EXACT_UP_TO) return about(guess);
  const [{ n }]: [{ n: number }] = await database.query(
    `SELECT count(*)::int AS n FROM (SELECT FROM ${from} ${where.sql} LIMIT ${EXACT_UP_TO + 1}) selected`,
    where.parameters,
  );
  return n <= EXACT_UP_TO ? { total: n, totalIsEstimate: false } : about(await estimate(database, from, where));
}

async function estimate(database: Pick<DataSource, 'query'>, from: string, where: Where): Promise<number> {
  const [
    {
      'QUERY PLAN': [{ Plan }],
    },
  ]: [{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }] = await database.query(
    `EXPLAIN (FORMAT JSON) SELECT FROM ${from} ${where.sql}`,
    where.parameters,
  );
  return Plan['Plan Rows'];
}

function about(rows: number): Total {
  return { total: Math.max(EXACT_UP_TO, Number(rows.toPrecision(2))), totalIsEstimate: true };
}
