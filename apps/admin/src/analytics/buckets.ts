import type { Bucket } from '@lora-ledger/contracts';
import { startOfPeriod } from '../ui/period.js';
import type { TaskFilter } from './analytics-search.js';

/** Days begin when they do for the person who looks. Minutes; the offset of today, also for days on the other side of a change of clocks. */
export const utcOffset = (): number => -new Date().getTimezoneOffset();

/**
 * A day, a week by its Monday, or a month, as an axis names it. Named by the clock by which it was cut: by that of its own season
 * a day of the other one would begin an hour before midnight, and be called by the day before.
 *
 * @param from ISO-8601
 * @param offset minutes before UTC, those of the question
 * @param now milliseconds since 1970
 */
export function bucketName(from: string, bucket: Bucket, language: string, offset = utcOffset(), now = Date.now()): string {
  const date = shifted(Date.parse(from), offset);
  const year = date.getUTCFullYear() === shifted(now, offset).getUTCFullYear() ? {} : { year: '2-digit' as const };
  return new Intl.DateTimeFormat(
    language,
    bucket === 'month'
      ? { timeZone: 'UTC', year: 'numeric', month: 'short' }
      : { timeZone: 'UTC', ...year, month: 'short', day: 'numeric' },
  ).format(date);
}

/** A time whose UTC fields are those of a clock `offset` minutes before UTC. Not every browser takes an offset for a time zone. */
function shifted(time: number, offset: number): Date {
  return new Date(time + offset * 60_000);
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
