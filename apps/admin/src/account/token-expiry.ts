/** How long a new token may live, in days; `null` without an end. */
export const EXPIRIES = { d7: 7, d30: 30, d90: 90, d365: 365, never: null } as const;
export type Expiry = keyof typeof EXPIRIES;

const DAY = 86_400_000;
/** Days before the end from which a token is worth a look. */
const SOON = 7;

/** When a token made `now` (milliseconds since 1970) ends, as ISO-8601 UTC. */
export function expiryDate(expiry: Expiry, now: number): string | null {
  const days = EXPIRIES[expiry];
  return days === null ? null : new Date(now + days * DAY).toISOString();
}

/** How a token stands to its end: `soon` within a week of it. */
export function expiryState(expiresAt: string | null, now: number): 'good' | 'soon' | 'expired' {
  if (expiresAt === null) return 'good';
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return 'expired';
  return left < SOON * DAY ? 'soon' : 'good';
}
