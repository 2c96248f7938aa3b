import { chiSquaredTail } from './distributions.js';
import type { TestResult } from './independence.js';
import type { Levels } from './levels.js';

/** Runs by the levels of some parameters. */
export interface Split {
  /** Cell of each run. */
  of: Int32Array;
  sizes: number[];
  /** Cells of enough runs, and the runs in them. */
  groups: number;
  covered: number;
  /** Share of the spread of ranks that lies between cells; small ones count as one. */
  explained: number;
  parts: number;
  /** The same, less what as many cells explain by chance. */
  adjusted: number;
}

/**
 * Cuts the runs by all of `chosen` together; none: all are one cell.
 *
 * @param worth rank of each of `count` runs, or 0 and 1
 * @param minimum runs in a group
 */
export function split(count: number, chosen: readonly Levels[], worth: Float64Array, minimum: number): Split {
  const places = new Map<number, number>();
  const [sizes, sums]: [number[], number[]] = [[], []];
  let [total, squares] = [0, 0];
  const of = new Int32Array(count);
  // Thousands of runs, for every way to cut every parameter: plain loops, without an array for each run.
  for (let run = 0; run < count; run += 1) {
    let key = 0;
    for (const { of: level, values } of chosen) key = key * values.length + (level[run] ?? 0);
    let place = places.get(key);
    if (place === undefined) places.set(key, (place = places.size));
    const value = worth[run] ?? 0;
    sizes[place] = (sizes[place] ?? 0) + 1;
    sums[place] = (sums[place] ?? 0) + value;
    total += value;
    squares += value * value;
    of[run] = place;
  }
  let [between, groups, covered, restSize, restSum] = [0, 0, 0, 0, 0];
  sizes.forEach((size, place) => {
    const sum = sums[place] ?? 0;
    if (size < minimum) [restSize, restSum] = [restSize + size, restSum + sum];
    else [between, groups, covered] = [between + (sum * sum) / size, groups + 1, covered + size];
  });
  if (restSize > 0) between += (restSum * restSum) / restSize;
  const [spread, parts] = [squares - (total * total) / Math.max(1, count), groups + Number(restSize > 0)];
  const explained = spread > 1e-12 ? Math.max(0, (between - (total * total) / count) / spread) : 0;
  return { of, sizes, groups, covered, explained, parts, adjusted: 1 - ((1 - explained) * (count - 1)) / Math.max(1, count - parts) };
}

/**
 * Whether cutting finer tells more than chance would. Over no cut this is the H of W. H. Kruskal and W. A. Wallis, "Use of ranks in one-criterion
 * variance analysis", JASA 47 (1952) 583–621, as (N − 1) R² of the ranks, which has their correction for ties in it; over a cut it is the growth of
 * R² against what that one left unexplained.
 *
 * @param before,after the same runs, the latter cut finer
 */
export function rankTest(before: Split, after: Split): TestResult {
  const [gain, degrees] = [after.explained - before.explained, after.parts - before.parts];
  if (gain <= 0 || degrees < 1) return { statistic: 0, p: 1 };
  const statistic = ((after.of.length - before.parts) * gain) / Math.max(1e-12, 1 - before.explained);
  return { statistic, p: chiSquaredTail(statistic, degrees) };
}
