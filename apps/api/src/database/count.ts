import type { DataSource } from 'typeorm';
import type { Where } from './where.js';

/** Up to here a number of rows is counted; beyond, a count would cost more than the page it stands above. */
export const EXACT_UP_TO = 10_000;

export interface Total {
  total: number;
  /** Whether `total` is the planner's estimate, to two digits, instead of a count. */
  totalIsEstimate: boolean;
}

/** How many rows a statement selects: exact when they are few, else what the statistics of the table say, which ANALYZE keeps within some percent. */
export async function countUpTo(database: Pick<DataSource, 'query'>, from: string, where: Where): Promise<Total> {
  const [{ n }]: [{ n: number }] = await database.query(`SELECT count(*)::int AS n FROM (SELECT FROM ${from} ${where.sql} LIMIT ${EXACT_UP_TO + 1}) selected`, where.parameters);
  if (n <= EXACT_UP_TO) return { total: n, totalIsEstimate: false };
  const [{ 'QUERY PLAN': [{ Plan }] }]: [{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }] = await database.query(`EXPLAIN (FORMAT JSON) SELECT FROM ${from} ${where.sql}`, where.parameters);
  return { total: Math.max(EXACT_UP_TO, Number(Plan['Plan Rows'].toPrecision(2))), totalIsEstimate: true };
}
