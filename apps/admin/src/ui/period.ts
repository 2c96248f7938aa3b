/** Ranges that move with the clock, in days, so that a shared link still means "last week" next month. */
export const PERIODS = { '24h': 1, '7d': 7, '30d': 30, '90d': 90 } as const;
export type PeriodName = keyof typeof PERIODS;

/** A time range as an address keeps it: a moving one, or ISO-8601 times of which `to` is the first moment after it. */
export interface Period {
  last?: PeriodName;
  from?: string;
  to?: string;
}

export function isPeriodName(text: string): text is PeriodName {
  return Object.hasOwn(PERIODS, text);
}

/** Where a moving range begins, as ISO-8601 UTC; `now` in milliseconds since 1970. */
export function startOfPeriod(name: PeriodName, now: number): string {
  return new Date(now - PERIODS[name] * 86_400_000).toISOString();
}

/** Both ends of a range as a field for local times holds them, `2026-03-01T14:30`; either may stay empty. */
export function readPeriod(fromText: string, toText: string): Period | 'wrongWay' {
  const [from, to] = [fromText, toText].map((text) => (text === '' ? undefined : new Date(text).toISOString()));
  return from !== undefined && to !== undefined && from >= to ? 'wrongWay' : { from, to };
}

/** A moment as such a field holds it: minutes of the person's own time zone. */
export function fieldTime(iso: string | undefined): string {
  if (iso === undefined) return '';
  const time = new Date(iso);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(time.getFullYear()).padStart(4, '0')}-${two(time.getMonth() + 1)}-${two(time.getDate())}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** The first and the last day of a range that begins and ends with whole days of the person's own time zone; `null` for any other. */
export function wholeDays({ from, to }: Period): { first?: string; last?: string } | null {
  if ([from, to].some((end) => end !== undefined && !isMidnight(new Date(end)))) return null;
  return { first: from, last: to === undefined ? undefined : new Date(Date.parse(to) - 1).toISOString() };
}

function isMidnight(time: Date): boolean {
  return time.getHours() === 0 && time.getMinutes() === 0 && time.getSeconds() === 0 && time.getMilliseconds() === 0;
}
