import type { Bucket } from '@lora-ledger/contracts';
import { startOfPeriod } from '../ui/period.js';
import type { TaskFilter } from './analytics-search.js';

/** A day, a week by its Monday, or a month, as an axis names it. @param from ISO-8601 */
export function bucketName(from: string, bucket: Bucket, language: string, now = new Date()): string {
  const date = new Date(from);
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: '2-digit' as const };
  return new Intl.DateTimeFormat(
    language,
    bucket === 'month' ? { year: 'numeric', month: 'short' } : { ...year, month: 'short', day: 'numeric' },
  ).format(date);
}

/**
 * The days behind bar `index` of a series, within those of the page: the first bar may begin, and the last may end, outside of them.
 *
 * @param now milliseconds since 1970, for moving ranges
 */
export function bucketDays(
  series: readonly { from: string }[],
  index: number,
  { created, createdFrom, createdTo }: TaskFilter,
  now: number,
): Pick<TaskFilter, 'createdFrom' | 'createdTo'> {
  const begin = created === undefined ? createdFrom : startOfPeriod(created, now);
  const [from, to] = [series[index]?.from, series[index + 1]?.from];
  const later = [from, begin]
    .flatMap((time) => time ?? [])
    .sort()
    .at(-1);
  const earlier = [to, createdTo].flatMap((time) => time ?? []).sort()[0];
  return { ...(later === undefined ? {} : { createdFrom: later }), ...(earlier === undefined ? {} : { createdTo: earlier }) };
}
