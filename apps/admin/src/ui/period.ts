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
