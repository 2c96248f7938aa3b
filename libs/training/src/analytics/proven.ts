import { successRate, type SuccessRate } from './proportion.js';
import type { Params } from './search-space.js';

/** A run that ended, for ranking combinations. */
export interface EndedRun {
  taskId: string;
  params: Params;
  succeeded: boolean;
  /** What is to become small among the successes; `null` when it is not known. */
  value: number | null;
}

export interface ProvenCombination<Run extends EndedRun = EndedRun> {
  params: Params;
  success: SuccessRate;
  /** What the order goes by, 0..1: how good it is at the least, see {@link rankProven}. */
  score: number;
  /** Its successes, the best first. */
  successes: Run[];
}

/** One-sided 95 %. */
const Z = 1.6448536269514722;

/**
 * Ranks combinations by what they are worth *at the least*, so that one lucky run does not beat ten good ones. The worth of a success is its
 * rank among all successes, 1 for the best value and 0 for the worst; the score is the lower bound of the mean worth (normal, 95 % one-sided,
 * with the spread within combinations pooled over all of them) times the lower end of the success rate's Wilson interval.
 *
 * @param byValue false: the success rate alone decides
 * @returns combinations that succeeded at least once, the best first
 */
export function rankProven<Run extends EndedRun>(runs: readonly Run[], byValue: boolean): ProvenCombination<Run>[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = JSON.stringify(Object.entries(run.params).sort(([a], [b]) => (a < b ? -1 : 1)));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  const worth = worthOf(runs);
  const spread = pooledSpread([...groups.values()].map((group) => group.flatMap((run) => worth.get(run) ?? [])));
  return [...groups.values()].map((group) => combination(group, worth, spread, byValue))
    .filter(({ success }) => success.successes > 0)
    .sort((a, b) => b.score - a.score || b.success.n - a.success.n);
}

function combination<Run extends EndedRun>(group: readonly Run[], worth: ReadonlyMap<EndedRun, number>, spread: number, byValue: boolean): ProvenCombination<Run> {
  const succeeded = group.filter((run) => run.succeeded);
  const success = successRate(succeeded.length, group.length - succeeded.length);
  const worths = group.flatMap((run) => worth.get(run) ?? []);
  const atLeast = worths.length === 0 ? 0 : Math.max(0, mean(worths) - (Z * spread) / Math.sqrt(worths.length));
  return {
    params: group[0]?.params ?? {}, success,
    score: byValue ? atLeast * success.low : success.low,
    successes: [...succeeded].sort((a, b) => (a.value ?? Infinity) - (b.value ?? Infinity)),
  };
}

function worthOf(runs: readonly EndedRun[]): Map<EndedRun, number> {
  const order = runs.filter((run) => run.succeeded && run.value !== null).sort((a, b) => (a.value ?? 0) - (b.value ?? 0));
  return new Map(order.map((run, index) => [run, 1 - index / Math.max(1, order.length - 1)]));
}

function pooledSpread(groups: readonly (readonly number[])[]): number {
  let [squares, degrees] = [0, 0];
  for (const group of groups) {
    const middle = mean(group);
    squares += group.reduce((sum, value) => sum + (value - middle) ** 2, 0);
    degrees += Math.max(0, group.length - 1);
  }
  // Without any repeat: the spread of a uniform worth, which is as little as can be known.
  return degrees === 0 ? Math.sqrt(1 / 12) : Math.sqrt(squares / degrees);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
