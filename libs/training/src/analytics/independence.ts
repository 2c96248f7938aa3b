import { chiSquaredTail, logFactorial } from './distributions.js';

/** Counts of a 2 × 2 table, row by row. */
export type TwoByTwo = readonly [a: number, b: number, c: number, d: number];

/** Beyond this many observations the exact sum tells nothing that the approximation does not. */
const EXACT_UP_TO = 20_000;

/**
 * Probability of a table at least as unlikely as this one when rows and columns are independent, both margins given.
 * R. A. Fisher, "Statistical Methods for Research Workers" (1934) § 21.02; two-sided as R's `fisher.test` sums it:
 * all tables that are no more probable than the observed one. Beyond 20 000 observations {@link chiSquaredTest} with Yates' correction.
 */
export function fisherExact(table: TwoByTwo): number {
  const [a, b, c, d] = table;
  const n = a + b + c + d;
  if (n > EXACT_UP_TO) return yates(table);
  const [row, column] = [a + b, a + c];
  const constant = logFactorial(row) + logFactorial(c + d) + logFactorial(column) + logFactorial(b + d) - logFactorial(n);
  const logProbability = (x: number): number =>
    constant - logFactorial(x) - logFactorial(row - x) - logFactorial(column - x) - logFactorial(n - row - column + x);
  // R's relative tolerance: tables of equal probability must not be told apart by rounding.
  const observed = logProbability(a) + 1e-7;
  let sum = 0;
  for (let x = Math.max(0, row + column - n); x <= Math.min(row, column); x += 1) {
    const logP = logProbability(x);
    if (logP <= observed) sum += Math.exp(logP);
  }
  return Math.min(1, sum);
}

/** χ² of a 2 × 2 table with F. Yates' continuity correction (JRSS Suppl. 1 (1934) 217–235). */
function yates([a, b, c, d]: TwoByTwo): number {
  const n = a + b + c + d;
  const margins = (a + b) * (c + d) * (a + c) * (b + d);
  if (margins === 0) return 1;
  const distance = Math.max(0, Math.abs(a * d - b * c) - n / 2);
  return chiSquaredTail((n * distance * distance) / margins, 1);
}

export interface TestResult {
  statistic: number;
  /** Probability of a statistic this extreme or more when there is no effect. */
  p: number;
}

/**
 * Independence of rows and columns of a table of counts: K. Pearson, Philosophical Magazine 50 (1900) 157–175, without correction.
 * Rows and columns without any count are left out. A table with fewer than two of either says nothing: p = 1.
 */
export function chiSquaredTest(counts: readonly (readonly number[])[]): TestResult {
  const width = Math.max(0, ...counts.map((row) => row.length));
  const columns = Array.from({ length: width }, (_one, column) => counts.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const total = rows.reduce((sum, count) => sum + count, 0);
  const degrees = (rows.filter((sum) => sum > 0).length - 1) * (columns.filter((sum) => sum > 0).length - 1);
  if (degrees < 1) return { statistic: 0, p: 1 };
  let statistic = 0;
  counts.forEach((row, index) =>
    columns.forEach((columnSum, column) => {
      const expected = ((rows[index] ?? 0) * columnSum) / total;
      if (expected > 0) statistic += ((row[column] ?? 0) - expected) ** 2 / expected;
    }),
  );
  return { statistic, p: chiSquaredTail(statistic, degrees) };
}
