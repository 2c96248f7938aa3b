import { Z_95 } from './distributions.js';

export interface Interval {
  low: number;
  high: number;
}

/** Below this many outcomes a rate is shown with its count, never as a finding. */
export const TOO_FEW = 10;

export interface SuccessRate extends Interval {
  /** Outcomes: successes and failures. Cancelled, waiting and running tasks are neither. */
  n: number;
  successes: number;
  failures: number;
  /** Fraction 0..1; `null` without an outcome. */
  rate: number | null;
  /** `n` is below {@link TOO_FEW}. */
  tooFew: boolean;
}

/**
 * Score interval of a proportion: E. B. Wilson, "Probable inference", JASA 22 (1927) 209–212, without continuity correction.
 * It stays within 0..1 and is honest for small `n`, where the textbook interval is not.
 *
 * @param z normal quantile, 1.96 for 95 %
 * @returns 0..1 for `n` = 0
 */
export function wilsonInterval(successes: number, n: number, z = Z_95): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const rate = successes / n;
  const [square, scale] = [z * z, 1 + (z * z) / n];
  const centre = (rate + square / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((rate * (1 - rate)) / n + square / (4 * n * n));
  return { low: successes === 0 ? 0 : Math.max(0, centre - half), high: successes === n ? 1 : Math.min(1, centre + half) };
}

/** The success rate of so many outcomes with its 95 % interval. */
export function successRate(successes: number, failures: number): SuccessRate {
  const n = successes + failures;
  return { n, successes, failures, rate: n === 0 ? null : successes / n, ...wilsonInterval(successes, n), tooFew: n < TOO_FEW };
}
