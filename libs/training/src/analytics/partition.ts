import { chiSquaredTail } from './distributions.js';
import { waysToCut, type Levels, type LevelValue } from './levels.js';
import type { Params } from './search-space.js';

/** Runs that have the same levels of the parameters they are grouped by. */
export interface Cell<Run> {
  levels: Readonly<Record<string, LevelValue>>;
  runs: Run[];
}

export interface Partition<Run> {
  /** What tells good runs from bad, the most telling first; empty: nothing does. */
  groupedBy: string[];
  /** Groups of enough runs; disjoint. */
  cells: Cell<Run>[];
  /** Runs that lie in groups too small to be said. */
  left: number;
}

const MOST_PARAMETERS = 4;
/** A parameter joins when its effect would be rarer than this by chance, counting every way to cut every parameter as a try (Bonferroni). */
const SURE = 0.05;
/** Groups of enough runs must hold this share of all: else the grouping speaks of a fringe. */
const COVERED = 0.6;

/**
 * Groups runs as finely as the evidence allows: parameters join one after the other, each cut as coarsely as it takes, as long as it tells
 * good runs from bad beyond chance *given those already in* and the groups keep at least `minimum` runs. The test is the H of W. H. Kruskal and
 * W. A. Wallis (JASA 47 (1952) 583–621), (N − 1) R² of the ranks, and for a further parameter its growth over what was not explained before.
 *
 * @param worth rank of each run, ties in the middle, see `scaledRanks`; or 0 and 1
 * @param minimum runs in a group
 */
export function partition<Run extends { params: Params }>(runs: readonly Run[], worth: Float64Array, minimum: number): Partition<Run> {
  const names = [...new Set(runs.flatMap(({ params }) => Object.keys(params)))];
  const ways = names.flatMap((name) => waysToCut(name, runs.map(({ params }) => params[name]), minimum));
  let chosen: Levels[] = [];
  let now = split(runs.length, chosen, worth, minimum);
  while (chosen.length < MOST_PARAMETERS) {
    let best: { chosen: Levels[]; result: Split } | null = null;
    for (const way of ways.filter(({ name }) => chosen.every((one) => one.name !== name))) {
      const result = split(runs.length, [...chosen, way], worth, minimum);
      if (result.covered < COVERED * runs.length || result.groups < 2 || chance(now, result, runs.length) * ways.length > SURE) continue;
      if (best === null || result.adjusted > best.result.adjusted) best = { chosen: [...chosen, way], result };
    }
    if (best === null) break;
    ({ chosen, result: now } = best);
  }
  return cellsOf(runs, chosen, now, minimum);
}

interface Split {
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

function split(count: number, chosen: readonly Levels[], worth: Float64Array, minimum: number): Split {
  const places = new Map<number, number>();
  const [sizes, sums]: [number[], number[]] = [[], []];
  let [total, squares] = [0, 0];
  const of = new Int32Array(count);
  // Thousands of runs, for every way to cut every parameter: plain loops, without an array for each run.
  for (let run = 0; run < count; run += 1) {
    let key = 0;
    for (const { of: level, values } of chosen) key = key * values.length + (level[run] ?? 0);
    let place = places.get(key);
    if (place === undefined) places.set(key, place = places.size);
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

function chance(before: Split, after: Split, count: number): number {
  const [gain, degrees] = [after.explained - before.explained, after.parts - before.parts];
  return gain <= 0 || degrees < 1 ? 1 : chiSquaredTail(((count - before.parts) * gain) / Math.max(1e-12, 1 - before.explained), degrees);
}

function cellsOf<Run>(runs: readonly Run[], chosen: readonly Levels[], { of, sizes }: Split, minimum: number): Partition<Run> {
  const members = sizes.map((): Run[] => []);
  const firsts = sizes.map((_size, place) => of.indexOf(place));
  runs.forEach((run, index) => members[of[index] ?? 0]?.push(run));
  const cells = members.flatMap((held, place): Cell<Run>[] => {
    const values = chosen.map(({ name, of: level, values: known }) => [name, known[level[firsts[place] ?? 0] ?? 0]] as const);
    return held.length < minimum || values.some(([, value]) => value === undefined) ? [] : [{ levels: Object.fromEntries(values) as Record<string, LevelValue>, runs: held }];
  });
  return { groupedBy: chosen.map(({ name }) => name), cells, left: runs.length - cells.reduce((sum, cell) => sum + cell.runs.length, 0) };
}
