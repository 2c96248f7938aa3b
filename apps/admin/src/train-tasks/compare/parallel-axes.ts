import type { ComparedParameter, ComparedTask } from '@lora-ledger/contracts';

export interface ParallelAxis {
  /** Path of the parameter; `finalLoss` for the objective, which is the last. */
  path: string;
  isLog: boolean;
  /** In the order of the tasks. */
  values: readonly (number | null)[];
}

/** Values that lie this many times apart are told by their powers of ten. */
const WIDE = 50;
export const OBJECTIVE = 'finalLoss';

/** An axis for every numeric parameter in which the tasks differ, and the final loss behind them. Empty when there is nothing to draw. */
export function parallelAxes(tasks: readonly ComparedTask[], parameters: readonly ComparedParameter[]): ParallelAxis[] {
  const differing = parameters.flatMap(({ path, values, equal }): ParallelAxis[] =>
    equal || !values.every(isNumberOrNone) ? [] : [axis(path, values)],
  );
  const losses = tasks.map(({ finalLoss }) => finalLoss);
  const isWorthIt = differing.length > 0 && losses.some((loss) => loss !== null);
  return isWorthIt ? [...differing, axis(OBJECTIVE, losses)] : [];
}

function axis(path: string, values: readonly (number | null)[]): ParallelAxis {
  const known = values.filter((value) => value !== null);
  const [low, high] = [known.reduce((a, b) => Math.min(a, b), Infinity), known.reduce((a, b) => Math.max(a, b), -Infinity)];
  return { path, isLog: low > 0 && (path === 'learningRate' || high / low >= WIDE), values };
}

function isNumberOrNone(value: unknown): value is number | null {
  return value === null || typeof value === 'number';
}

export type Interval = readonly [from: number, to: number];

/** The tasks whose values lie inside what is marked on every axis, as places in the comparison; `null` when nothing is marked. */
export function tasksInside(axes: readonly ParallelAxis[], marked: ReadonlyMap<string, readonly Interval[]>): number[] | null {
  const asked = axes.flatMap(({ path, values }) => {
    const intervals = marked.get(path) ?? [];
    return intervals.length === 0 ? [] : [{ values, intervals }];
  });
  const count = axes[0]?.values.length ?? 0;
  if (asked.length === 0) return null;
  return Array.from({ length: count }, (_one, index) => index).filter((index) =>
    asked.every(({ values, intervals }) => {
      const value = values[index];
      return value != null && intervals.some(([from, to]) => value >= from && value <= to);
    }),
  );
}

/** The values that tasks have on an axis, each once, ascending. */
export function stopsOf(values: readonly (number | null)[]): number[] {
  return [...new Set(values.filter((value) => value !== null))].sort((a, b) => a - b);
}

/** The first and the last stop inside of what is marked, as places in `stops`; all of them when nothing is. A mark between two stops holds the next one. */
export function boundsOf(stops: readonly number[], intervals: readonly Interval[]): [number, number] {
  const last = stops.length - 1;
  if (intervals.length === 0) return [0, last];
  const [low, high] = [Math.min(...intervals.map(([from]) => from)), Math.max(...intervals.map(([, to]) => to))];
  const first = stops.findIndex((stop) => stop >= low);
  const from = first === -1 ? last : first;
  return [
    from,
    Math.max(
      from,
      stops.findLastIndex((stop) => stop <= high),
    ),
  ];
}

/** Whether two marks hold the same. */
export function isSameMark(one: readonly Interval[], other: readonly Interval[]): boolean {
  return one.length === other.length && one.every(([from, to], index) => from === other[index]?.[0] && to === other[index]?.[1]);
}
