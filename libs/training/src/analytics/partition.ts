import { waysToCut, type Levels, type LevelValue } from './levels.js';
import type { Params } from './search-space.js';
import { rankTest, split, type Split } from './split.js';

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
 * good runs from bad beyond chance *given those already in* and the groups keep at least `minimum` runs, see {@link rankTest}.
 *
 * @param worth rank of each run, ties in the middle, see `scaledRanks`; or 0 and 1
 * @param minimum runs in a group
 */
export function partition<Run extends { params: Params }>(runs: readonly Run[], worth: Float64Array, minimum: number): Partition<Run> {
  const names = [...new Set(runs.flatMap(({ params }) => Object.keys(params)))];
  const ways = names.flatMap((name) =>
    waysToCut(
      name,
      runs.map(({ params }) => params[name]),
      minimum,
    ),
  );
  let chosen: Levels[] = [];
  let now = split(runs.length, chosen, worth, minimum);
  while (chosen.length < MOST_PARAMETERS) {
    let best: { chosen: Levels[]; result: Split } | null = null;
    for (const way of ways.filter(({ name }) => chosen.every((one) => one.name !== name))) {
      const result = split(runs.length, [...chosen, way], worth, minimum);
      if (result.covered < COVERED * runs.length || result.groups < 2 || rankTest(now, result).p * ways.length > SURE) continue;
      if (best === null || result.adjusted > best.result.adjusted) best = { chosen: [...chosen, way], result };
    }
    if (best === null) break;
    ({ chosen, result: now } = best);
  }
  return cellsOf(runs, chosen, now, minimum);
}

function cellsOf<Run>(runs: readonly Run[], chosen: readonly Levels[], { of, sizes }: Split, minimum: number): Partition<Run> {
  const members = sizes.map((): Run[] => []);
  const firsts = sizes.map((_size, place) => of.indexOf(place));
  runs.forEach((run, index) => members[of[index] ?? 0]?.push(run));
  const cells = members.flatMap((held, place): Cell<Run>[] => {
    const values = chosen.map(({ name, of: level, values: known }) => [name, known[level[firsts[place] ?? 0] ?? 0]] as const);
    return held.length < minimum || values.some(([, value]) => value === undefined)
      ? []
      : [{ levels: Object.fromEntries(values) as Record<string, LevelValue>, runs: held }];
  });
  return { groupedBy: chosen.map(({ name }) => name), cells, left: runs.length - cells.reduce((sum, cell) => sum + cell.runs.length, 0) };
}
