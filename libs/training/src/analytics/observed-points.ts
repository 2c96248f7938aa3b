import type { Observations } from './gaussian-process.js';
import { coordinates, pointKey, type Dimension, type Params } from './search-space.js';

/** Distinct points the process learns from: the best and the latest ones. Its work grows with the cube of this. */
const MOST_POINTS = 80;

/** One past run. */
export interface Trial {
  params: Params;
  succeeded: boolean;
  /** What is to become small: the loss, the time, 0 for success and 1 for failure. `null`: there is none. */
  value: number | null;
}

/** `amount`: a loss or a time, which may be of any size; `rate`: 0 or 1 of each run, of which the mean is looked for. */
export type Measure = 'amount' | 'rate';

/** What the runs of one combination came to. */
export interface Point {
  params: Params;
  at: Float64Array;
  /** Of its values, on the scale that is learnt. */
  mean: number;
  /** Sum of their squared distances from it. */
  squares: number;
  count: number;
}

/** Losses and times differ by factors, so their logarithm is learnt; rates, and amounts that are not all positive, as they are. */
export function learningScale(
  trials: readonly Trial[],
  measure: Measure,
): { to: (value: number) => number; back: (value: number) => number } {
  const values = trials.flatMap(({ value }) => value ?? []);
  if (measure === 'rate' || values.some((value) => value <= 0)) return { to: (value) => value, back: (value) => value };
  return { to: Math.log, back: Math.exp };
}

export function distinctPoints(trials: readonly Trial[], space: readonly Dimension[], scale: { to: (value: number) => number }): Point[] {
  const points = new Map<string, Point>();
  for (const { params, value } of trials) {
    if (value === null || !Number.isFinite(value)) continue;
    const key = pointKey(space, params);
    const point = points.get(key) ?? { params, at: coordinates(space, params), mean: 0, squares: 0, count: 0 };
    points.delete(key);
    const [count, away] = [point.count + 1, scale.to(value) - point.mean];
    const mean = point.mean + away / count;
    points.set(key, { ...point, mean, squares: point.squares + away * (scale.to(value) - mean), count });
  }
  const all = [...points.values()];
  if (all.length <= MOST_POINTS) return all;
  const best = [...all].sort((a, b) => a.mean - b.mean).slice(0, MOST_POINTS / 2);
  return [...new Set([...best, ...all.slice(-MOST_POINTS / 2)])];
}

/** What a process is told. A rate of nothing among few runs is not nothing for sure, so rates spread at least as single runs do. */
export function observations(points: readonly Point[], trials: readonly Trial[], measure: Measure): Observations {
  return {
    points: points.map(({ at }) => at),
    values: points.map(({ mean }) => mean),
    counts: points.map(({ count }) => count),
    ...(measure === 'rate' ? { leastSpread: spreadOfRuns(trials) } : { squares: points.reduce((sum, { squares }) => sum + squares, 0) }),
  };
}

/** A few terrible values would be all that the process sees: beyond four times the spread of the better half they are cut. */
export function withoutTerrible({ values, ...others }: Observations): Observations {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, middle] = [sorted[Math.floor(sorted.length / 4)] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0];
  const spread = middle - low;
  // Where the better half is all alike, it tells nothing about what is terrible.
  if (spread <= 1e-9 * Math.abs(middle)) return { values, ...others };
  return { ...others, values: values.map((value) => Math.min(value, middle + 4 * spread)) };
}

/** Standard deviation of 0 and 1 among all runs, with one of each added. */
function spreadOfRuns(trials: readonly Trial[]): number {
  const rate = (1 + trials.filter(({ succeeded }) => succeeded).length) / (2 + trials.length);
  return Math.sqrt(rate * (1 - rate));
}
