import type { Percentiles } from '@lora-ledger/contracts';
import { BUCKET_GROWTH, histogramQuantile, type LogHistogram } from '@lora-ledger/training';

/** SQL that puts a positive value into the buckets of a `LogHistogram`. Sorting a million values takes far longer than counting them. */
export function bucketOf(value: string): string {
  return `floor(ln(greatest(${value}, 0.001)::double precision) / ${Math.log(BUCKET_GROWTH)})::integer`;
}

export function percentiles(histogram: LogHistogram): Percentiles {
  const at = (p: number): number | null => histogramQuantile(histogram, p);
  return {
    n: histogram.reduce((sum, { count }) => sum + count, 0),
    p10: at(0.1),
    p25: at(0.25),
    p50: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
    p99: at(0.99),
  };
}
