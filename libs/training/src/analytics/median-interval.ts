import { logFactorial } from './distributions.js';
import type { Interval } from './proportion.js';

const TAIL = 0.025;

/** Fewer values than this bound a median on no side: even all six lie on one side of it in 1 of 64 samples. */
export const MEDIAN_NEEDS = 6;

/**
 * Interval of a median between two order statistics, right in at least 95 of 100 samples of any distribution without ties:
 * W. R. Thompson, Annals of Mathematical Statistics 7 (1936) 122–128 (also W. J. Conover, "Practical Nonparametric Statistics", § 3.2).
 *
 * @param sorted ascending
 * @returns `null` for fewer than {@link MEDIAN_NEEDS} values
 */
export function medianInterval(sorted: readonly number[]): Interval | null {
  const n = sorted.length;
  // How many values may lie below the median without that being rarer than the tail.
  let [below, probability] = [0, halfBinomial(0, n)];
  if (n === 0 || probability > TAIL) return null;
  for (; probability <= TAIL; probability += halfBinomial(below, n)) below += 1;
  const [low, high] = [sorted[below - 1], sorted[n - below]];
  return low === undefined || high === undefined ? null : { low, high };
}

/** P(k of n) for a fair coin. */
function halfBinomial(k: number, n: number): number {
  return Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) - n * Math.LN2);
}
