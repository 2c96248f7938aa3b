/**
 * Quantile by linear interpolation between order statistics: type 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical
 * packages", The American Statistician 50 (1996) 361–365; what R, NumPy and PostgreSQL's `percentile_cont` answer.
 *
 * @param sorted ascending; infinities are allowed and count as such
 * @param p fraction 0..1
 * @returns `null` for an empty list
 */
export function quantile(sorted: ArrayLike<number>, p: number): number | null {
  if (sorted.length === 0) return null;
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const [low, high] = [sorted[below] ?? NaN, sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN];
  return position === below || low === high ? low : low + (position - below) * (high - low);
}

/** Quantiles of an unsorted list, at each of `fractions`. */
export function quantiles(values: readonly number[], fractions: readonly number[]): (number | null)[] {
  const sorted = Float64Array.from(values).sort();
  return fractions.map((p) => quantile(sorted, p));
}

export function median(values: readonly number[]): number | null {
  return quantiles(values, [0.5])[0] ?? null;
}

/**
 * Growth from one bucket of a {@link LogHistogram} to the next. A value is known to be within half a bucket of its middle,
 * so that quantiles are right to 1 % (as in C. Masson et al., "DDSketch", VLDB 2019).
 */
export const BUCKET_GROWTH = 1.02;

/** Counts of positive values by ⌊ln value / ln {@link BUCKET_GROWTH}⌋. */
export type LogHistogram = readonly { bucket: number; count: number }[];

/** Middle of a bucket, geometrically. */
export function bucketMiddle(bucket: number): number {
  return BUCKET_GROWTH ** (bucket + 0.5);
}

/** Quantile of what a histogram has counted, at most 1 % off; `null` when it is empty. */
export function histogramQuantile(histogram: LogHistogram, p: number): number | null {
  const sorted = [...histogram].sort((a, b) => a.bucket - b.bucket);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  let passed = 0;
  for (const { bucket, count } of sorted) {
    passed += count;
    if (passed - 1 >= p * (total - 1)) return bucketMiddle(bucket);
  }
  return null;
}
