export interface AuthSearch {
  /** Where to go after signing in: a path of this application. */
  next?: string;
  /** The session ended while somebody was working. */
  expired?: boolean;
}

export function parseAuthSearch(raw: Record<string, unknown>): AuthSearch {
  const { next, expired } = raw;
  return { ...(isOwnPath(next) ? { next } : {}), ...(expired === 'true' || expired === true ? { expired: true } : {}) };
}

/** Only a path of this very site: a link from elsewhere must not lead people away after they typed their password. */
function isOwnPath(next: unknown): next is string {
  return typeof next === 'string' && /^\/(?![/\\])[^\u0000-\u001f\\]*$/.test(next);
}
