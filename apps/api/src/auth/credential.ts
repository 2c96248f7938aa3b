import type { FastifyRequest } from 'fastify';
import { API_TOKEN_PREFIX, isWellFormedToken, TASK_TOKEN_PREFIX } from './secrets.js';

export const SESSION_COOKIE = 'ledger_session';

export interface Credential {
  kind: 'session' | 'access-token' | 'api-token' | 'task-token';
  secret: string;
}

/** What the caller shows. An Authorization header counts before a cookie; `null`: nothing, or nothing that could be genuine. */
export function credentialOf(request: FastifyRequest): Credential | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) return bearer(authorization);
  const secret = request.cookies[SESSION_COOKIE];
  return secret === undefined ? null : { kind: 'session', secret };
}

function bearer(authorization: string): Credential | null {
  const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (secret === undefined) return null;
  if (secret.startsWith(API_TOKEN_PREFIX)) return isWellFormedToken(secret) ? { kind: 'api-token', secret } : null;
  if (secret.startsWith(TASK_TOKEN_PREFIX)) return isWellFormedToken(secret) ? { kind: 'task-token', secret } : null;
  return { kind: 'access-token', secret };
}
