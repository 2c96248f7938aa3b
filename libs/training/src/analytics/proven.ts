import { scaledRanks } from './importance.js';
import type { LevelValue } from './levels.js';
import { medianInterval } from './median-interval.js';
import { partition } from './partition.js';
import { successRate, TOO_FEW, type Interval, type SuccessRate } from './proportion.js';
import { median } from './quantile.js';
import type { Params } from './search-space.js';

/** A run that ended, for ranking groups. */
export interface EndedRun {
  taskId: string;
  params: Params;
  succeeded: boolean;
  /** What is to become small among the successes; `null` when it is not known. */
  value: number | null;
}

export interface ProvenGroup<Run extends EndedRun = EndedRun> {
  /** What its runs have in common; empty when no parameter makes a difference. */
  levels: Readonly<Record<string, LevelValue>>;
  success: SuccessRate;
  /** Of the values of its successes; `null` where there are too few. */
  median: number | null;
  interval: Interval | null;
  /** The same of all other successes. */
  others: number | null;
  /** Its successes, the best first. */
  successes: Run[];
}

export interface Proven<Run extends EndedRun = EndedRun> {
  /** Parameters that tell good runs from bad; what else differs, differs within the groups. */
  groupedBy: string[];
  /** The best first. */
  groups: ProvenGroup<Run>[];
  /** Runs in groups of fewer than {@link TOO_FEW}. */
  left: number;
}

/**
 * Groups of runs that have proved good, ranked by what they are worth *at the least*, so that few lucky runs do not beat many good ones: by the
 * upper end of the interval of their median where a value is to become small, else by the lower end of their success rate. Groups whose median
 * (or rate) is worse than that of all together are left out, and with a value those that surely fail more often than all together.
 *
 * @param byValue false: the success rate alone decides
 * @returns no group with fewer than {@link TOO_FEW} runs
 */
export function rankProven<Run extends EndedRun>(runs: readonly Run[], byValue: boolean): Proven<Run> {
  const ended = byValue ? runs.filter(({ succeeded, value }) => !succeeded || value !== null) : runs;
  // Failures are worse than any success, and alike.
  const worth = scaledRanks(ended.map(({ succeeded, value }) => (succeeded ? (byValue ? (value ?? 0) : 0) : Number.MAX_VALUE)));
  const { groupedBy, cells, left } = partition(ended, worth, TOO_FEW);
  const overall = groupOf({}, ended, []);
  const groups = cells
    .map(({ levels, runs: held }) => groupOf(levels, held, ended))
    .filter((group) => isWorthSaying(group, overall, byValue));
  return {
    groupedBy,
    left,
    groups: groups.sort((a, b) => (byValue ? atMost(a) - atMost(b) : 0) || b.success.low - a.success.low || b.success.n - a.success.n),
  };
}

function groupOf<Run extends EndedRun>(levels: ProvenGroup['levels'], held: readonly Run[], all: readonly Run[]): ProvenGroup<Run> {
  const successes = held.filter(({ succeeded }) => succeeded).sort((a, b) => (a.value ?? Infinity) - (b.value ?? Infinity));
  const values = valuesOf(successes);
  const mine = new Set<EndedRun>(held);
  return {
    levels,
    successes,
    success: successRate(successes.length, held.length - successes.length),
    median: median(values),
    interval: medianInterval(values),
    others: median(valuesOf(all.filter((run) => run.succeeded && !mine.has(run)))),
  };
}

function isWorthSaying({ success, interval, median: middle }: ProvenGroup, overall: ProvenGroup, byValue: boolean): boolean {
  if (success.successes === 0) return false;
  if (!byValue) return (success.rate ?? 0) >= (overall.success.rate ?? 0);
  return interval !== null && (middle ?? Infinity) <= (overall.median ?? Infinity) && success.high >= (overall.success.rate ?? 0);
}

function atMost({ interval }: ProvenGroup): number {
  return interval?.high ?? Infinity;
}

function valuesOf(successes: readonly EndedRun[]): number[] {
  return successes.flatMap(({ value }) => value ?? []);
}
