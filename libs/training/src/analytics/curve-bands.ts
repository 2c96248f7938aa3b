import { quantiles } from './quantile.js';

/** One run's curve on its own relative axis. */
export interface AlignedCurve {
  /** A value at each position of the grid; NaN after the run ended early, and where it was not finite. */
  values: readonly number[];
  /** Steps the whole run was to make: what a fraction of 1 stands for. */
  totalSteps: number;
}

export interface Band {
  /** Fraction of the run, 0..1. */
  x: number[];
  /** Middle of the runs that have a value there, `null` where none has. */
  median: (number | null)[];
  q1: (number | null)[];
  q3: (number | null)[];
  /** Runs behind each position: it falls where runs ended early. */
  n: number[];
}

/** `cells` + 1 positions from 0 to 1. */
export function relativeGrid(cells: number): number[] {
  return Array.from({ length: cells + 1 }, (_one, index) => index / cells);
}

/**
 * Puts a curve of any length on a grid of fractions, so that runs of 500 and of 50 000 steps can be compared: fraction = steps made of all
 * steps to make, between points by straight lines. A run that stopped at a third has values on the first third only; it is not stretched.
 *
 * @param steps ascending, same length as `values`
 * @param totalSteps steps of the whole run, > 0
 * @returns NaN beyond the last point, and where a neighbouring value is not finite
 */
export function alignCurve(steps: readonly number[], values: readonly number[], totalSteps: number, grid: readonly number[]): number[] {
  const [first, last] = [steps[0] ?? Infinity, steps.at(-1) ?? -Infinity];
  // Nobody reports step 0: a first point within the first cell of the grid stands for the beginning.
  const begins = first <= (grid[1] ?? 0) * totalSteps ? first : 0;
  let after = 0;
  return grid.map((fraction) => {
    const step = Math.max(fraction * totalSteps, begins);
    if (step < first || step > last) return NaN;
    while ((steps[after] ?? Infinity) < step) after += 1;
    const [right, rightValue] = [steps[after] ?? NaN, values[after] ?? NaN];
    if (right === step) return finite(rightValue);
    const [left, leftValue] = [steps[after - 1] ?? NaN, values[after - 1] ?? NaN];
    return finite(leftValue + ((step - left) / (right - left)) * (rightValue - leftValue));
  });
}

/** Median and quartiles (type 7) of many aligned curves, position by position. */
export function bandOf(curves: readonly Pick<AlignedCurve, 'values'>[], grid: readonly number[]): Band {
  const band: Band = { x: [...grid], median: [], q1: [], q3: [], n: [] };
  grid.forEach((_fraction, index) => {
    const here = curves.map(({ values }) => values[index] ?? NaN).filter(Number.isFinite);
    const [q1 = null, median = null, q3 = null] = quantiles(here, [0.25, 0.5, 0.75]);
    band.q1.push(q1);
    band.median.push(median);
    band.q3.push(q3);
    band.n.push(here.length);
  });
  return band;
}

/** A loss this many times the first one has not wobbled, it has run away. */
const RUNAWAY = 1.5;

/**
 * Whether a run diverged: it was ended for a loss that was no number, its last value is none, or the last value is half as much again
 * as the first. A spike that the run recovers from is none.
 */
export function hasDiverged({ first, last, endedByNaN }: { first: number; last: number; endedByNaN: boolean }): boolean {
  return endedByNaN || !Number.isFinite(last) || (first > 0 && last >= RUNAWAY * first);
}

export interface StepsToTarget {
  /** Runs that came down to the target. */
  reached: number;
  n: number;
  /** Over all runs, with those that never did as infinitely long; `null` when that is where the quantile lies. */
  median: number | null;
  q1: number | null;
  q3: number | null;
}

/**
 * After how many steps runs come down to `target`, to the resolution of the grid. Runs that never do are not left out, which would
 * make a bad setting look quick: they count as later than all others.
 */
export function stepsToTarget(curves: readonly AlignedCurve[], grid: readonly number[], target: number): StepsToTarget {
  const steps = curves.map(({ values, totalSteps }) => {
    const index = values.findIndex((value) => value <= target);
    return index < 0 ? Infinity : Math.round((grid[index] ?? 0) * totalSteps);
  });
  const [q1, median, q3] = quantiles(steps, [0.25, 0.5, 0.75]).map((value) => (value !== null && Number.isFinite(value) ? value : null));
  return { reached: steps.filter(Number.isFinite).length, n: curves.length, median: median ?? null, q1: q1 ?? null, q3: q3 ?? null };
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}
