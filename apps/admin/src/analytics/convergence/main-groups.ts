import type { ConvergenceGroup } from '@lora-ledger/contracts';
import { finalMedian } from './final-median.js';

/** More bands than this lie over each other so that none can be followed. */
export const MOST_BANDS = 5;
/** A group of fewer runs is no extreme, it is a few runs. */
const EXTREME_NEEDS = 5;

/**
 * The groups to draw first, by their index: all while they are few, else those that end lowest and highest, and the largest of the others.
 *
 * @returns ascending
 */
export function mainGroups(groups: readonly ConvergenceGroup[]): number[] {
  const all = groups.map((group, index) => ({ index, n: group.n, end: finalMedian(group) }));
  if (all.length <= MOST_BANDS) return all.map(({ index }) => index);
  const byEnd = all.filter(({ n, end }) => n >= EXTREME_NEEDS && end !== null).sort((a, b) => (a.end ?? 0) - (b.end ?? 0));
  const extremes = [byEnd[0], byEnd.at(-1)].flatMap((one) => one?.index ?? []);
  const largest = [...all].sort((a, b) => b.n - a.n).map(({ index }) => index);
  return [...new Set([...extremes, ...largest])].slice(0, MOST_BANDS).sort((a, b) => a - b);
}
