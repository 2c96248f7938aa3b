import type { Bucket } from '@lora-ledger/contracts';

const DAY = 86_400_000;
const MOST_BUCKETS = 10_000;
/** A Monday, so that weeks counted from it begin on Mondays. */
const MONDAY = Date.UTC(2001, 0, 1);

/** Where days are counted from, for PostgreSQL's `date_bin`. @param utcOffset minutes by which days begin earlier than in UTC */
export function dayOrigin(utcOffset: number): string {
  return new Date(MONDAY - utcOffset * 60_000).toISOString();
}

/** Begin of the day, week or month that holds `time`; milliseconds since 1970. */
export function bucketStart(time: number, bucket: Bucket, utcOffset: number): number {
  const shift = utcOffset * 60_000;
  const local = time + shift;
  if (bucket === 'month') {
    const date = new Date(local);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) - shift;
  }
  const width = bucket === 'day' ? DAY : 7 * DAY;
  return MONDAY + Math.floor((local - MONDAY) / width) * width - shift;
}

/** All begins from the bucket of `from` to that of `to`, without a gap. */
export function bucketsBetween(from: number, to: number, bucket: Bucket, utcOffset: number): number[] {
  const starts: number[] = [];
  for (let start = bucketStart(from, bucket, utcOffset); start <= to; start = next(start, bucket, utcOffset)) starts.push(start);
  return starts;
}

function next(start: number, bucket: Bucket, utcOffset: number): number {
  return bucketStart(start + (bucket === 'day' ? DAY : bucket === 'week' ? 7 * DAY : 32 * DAY), bucket, utcOffset);
}

/** What is asked for, else what makes a readable series: days for two months, weeks for two years, months beyond. Never more than 10 000. */
export function chooseBucket(from: number, to: number, wanted: Bucket | undefined): Bucket {
  const days = (to - from) / DAY;
  const fitting = days <= 62 ? 'day' : days <= 731 ? 'week' : 'month';
  return wanted === undefined || days / (wanted === 'day' ? 1 : wanted === 'week' ? 7 : 28) > MOST_BUCKETS ? fitting : wanted;
}
