import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';
import { hashSecret, sameSecret } from './secrets.js';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** The token that goes with a session: derived from its secret, so nothing more is kept, and useless to find the secret. */
export function csrfTokenOf(sessionSecret: string): string {
  return hashSecret(`csrf:${sessionSecret}`).toString('base64url');
}

export function changesSomething(request: FastifyRequest): boolean {
  return !SAFE_METHODS.includes(request.method);
}

/**
 * A change made with the cookie must come from one of our own pages: the browser says so (Origin or Sec-Fetch-Site), and the page knows the token.
 * @throws Problem FORBIDDEN saying what is missing
 */
export function requireOwnPage(request: FastifyRequest, sessionSecret: string): void {
  refuseForeignPage(request);
  if (request.headers.origin === undefined && request.headers['sec-fetch-site'] === undefined) {
    throw new Problem(
      'FORBIDDEN',
      'A change made with the session cookie needs an Origin header. Scripts should send "Authorization: Bearer" instead of the cookie.',
    );
  }
  const given = request.headers['x-csrf-token'];
  if (typeof given !== 'string' || !sameSecret(given, csrfTokenOf(sessionSecret))) {
    throw new Problem(
      'FORBIDDEN',
      'A change made with the session cookie needs the header X-CSRF-Token with the csrfToken that sign-in and GET /api/auth/me answer.',
    );
  }
}

/** @throws Problem FORBIDDEN when a browser says that the request comes from another site */
export function refuseForeignPage(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const { origin } = request.headers;
  if (foreignSite || (origin !== undefined && hostOf(origin) !== request.host.toLowerCase())) {
    throw new Problem('FORBIDDEN', 'This request comes from a page of another site.');
  }
}

/** Host and port of an origin; `null`, "null" and nonsense have none. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
