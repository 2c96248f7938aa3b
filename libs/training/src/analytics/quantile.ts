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
 * Growth from one bucket of a {@link LogHistogram} to the next: values in one bucket are at most 2 % apart, so that the mean of the bucket
 * stands for each within 2 % (the idea of C. Masson et al., "DDSketch", VLDB 2019). Buckets with one value are exact.
 */
export const BUCKET_GROWTH = 1.02;

/** Positive values by ⌊ln value / ln {@link BUCKET_GROWTH}⌋: how many, and their mean. */
export type LogHistogram = readonly { mean: number; count: number }[];

/** Quantile (type 7) of what a histogram has counted; `null` when it is empty. */
export function histogramQuantile(histogram: LogHistogram, p: number): number | null {
  const sorted = [...histogram].sort((a, b) => a.mean - b.mean);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  const ends: number[] = [];
  let passed = 0;
  for (const { count } of sorted) ends.push((passed += count));
  const valueAt = (rank: number): number => sorted[ends.findIndex((end) => rank < end)]?.mean ?? NaN;
  if (total === 0) return null;
  const position = (total - 1) * p;
  const below = Math.floor(position);
  return position === below ? valueAt(below) : valueAt(below) + (position - below) * (valueAt(below + 1) - valueAt(below));
}
