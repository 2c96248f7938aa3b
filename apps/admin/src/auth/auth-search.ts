export interface AuthSearch {
  /** Where to go after signing in: a path of this application. */
  next?: string;
  /** The session ended while somebody was working. */
  expired?: boolean;
  /** How an attempt to sign in at the provider ended, when it did not succeed. */
  sso?: SsoOutcome;
}

const SSO_OUTCOMES = ['refused', 'failed', 'unavailable'] as const;
export type SsoOutcome = (typeof SSO_OUTCOMES)[number];

export function parseAuthSearch(raw: Record<string, unknown>): AuthSearch {
  const { next, expired } = raw;
  const sso = SSO_OUTCOMES.find((outcome) => outcome === raw['sso']);
  return {
    ...(isOwnPath(next) ? { next } : {}),
    ...(expired === 'true' || expired === true ? { expired: true } : {}),
    ...(sso === undefined ? {} : { sso }),
  };
}

/** Where the browser goes to sign in at the provider, and comes back from to `next`. */
export function singleSignOnUrl(next: string | undefined): string {
  return `/api/auth/sso?${new URLSearchParams({ next: next ?? '/tasks' }).toString()}`;
}

/** Only a path of this very site: a link from elsewhere must not lead people away after they typed their password. */
function isOwnPath(next: unknown): next is string {
  return typeof next === 'string' && /^\/(?![/\\])[^\u0000-\u001f\\]*$/.test(next);
}
