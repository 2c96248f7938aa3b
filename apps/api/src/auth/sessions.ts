import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { SessionDto, SessionList } from '@lora-ledger/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { AccessTokens } from './access-tokens.js';
import { SESSION_COOKIE } from './credential.js';
import { csrfTokenOf } from './csrf.js';
import { hashSecret, randomSecret } from './secrets.js';

/** A person who never signs out keeps this many sessions; older ones end. */
const SESSIONS_PER_USER = 50;

type SessionRow = Omit<SessionDto, 'createdAt' | 'lastSeenAt' | 'expiresAt' | 'current'> & {
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
};

export interface NewSession {
  /** Value of the cookie. */
  secret: string;
  csrfToken: string;
  accessToken: string;
}

/** Sessions live in the database, so that signing out, a new password or disabling somebody ends them at once on every instance. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: DataSource,
    private readonly accessTokens: AccessTokens,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Always a new secret: whatever the browser held before is worth nothing afterwards. */
  async begin(userId: string, request: FastifyRequest, manager: EntityManager = this.database.manager): Promise<NewSession> {
    const secret = randomSecret();
    const accessSecret = randomSecret();
    const formerSecret = request.cookies[SESSION_COOKIE];
    if (formerSecret !== undefined) await manager.query('DELETE FROM session WHERE token_hash = $1', [hashSecret(formerSecret)]);
    await manager.query(
      `INSERT INTO session (id, user_id, token_hash, access_hash, expires_at, address, user_agent)
       VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5), $6, $7)`,
      [
        randomUUID(),
        userId,
        hashSecret(secret),
        hashSecret(accessSecret),
        this.config.sessionMax,
        request.ip,
        request.headers['user-agent']?.slice(0, 300) ?? null,
      ],
    );
    await manager.query('DELETE FROM session WHERE id IN (SELECT id FROM session WHERE user_id = $1 ORDER BY created_at DESC OFFSET $2)', [
      userId,
      SESSIONS_PER_USER,
    ]);
    return { secret, csrfToken: csrfTokenOf(secret), accessToken: await this.accessTokens.sign(userId, accessSecret) };
  }

  async end(sessionId: string): Promise<void> {
    await this.database.query('DELETE FROM session WHERE id = $1', [sessionId]);
  }

  /** Newest first. @param current the session that asks */
  async listOf(userId: string, current: string | undefined): Promise<SessionList> {
    const rows: SessionRow[] = await this.database.query(
      `SELECT id, created_at AS "createdAt", last_seen_at AS "lastSeenAt", expires_at AS "expiresAt", address, user_agent AS "userAgent" FROM session
       WHERE user_id = $1 AND expires_at > now() AND last_seen_at > now() - make_interval(secs => $2) ORDER BY created_at DESC`,
      [userId, this.config.sessionIdle],
    );
    return {
      items: rows.map((row) => ({
        ...row,
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        current: row.id === current,
      })),
    };
  }

  /** @returns whether it was theirs to end */
  async endOf(userId: string, sessionId: string, manager: EntityManager): Promise<boolean> {
    const [rows]: [unknown[], number] = await manager.query('DELETE FROM session WHERE id = $1 AND user_id = $2 RETURNING id', [
      sessionId,
      userId,
    ]);
    return rows.length > 0;
  }

  async forgetOld(): Promise<void> {
    await this.database.query('DELETE FROM session WHERE expires_at < now() OR last_seen_at < now() - make_interval(secs => $1)', [
      this.config.sessionIdle,
    ]);
  }

  async endAllOf(userId: string, manager: EntityManager): Promise<void> {
    await manager.query('DELETE FROM session WHERE user_id = $1', [userId]);
  }
}

/** Out of reach for scripts and other sites; `Secure` whenever the browser reached us by TLS. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, secret: string, maxAge: number): void {
  void reply.setCookie(SESSION_COOKIE, secret, {
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    path: '/',
    maxAge,
  });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(SESSION_COOKIE, { httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https', path: '/' });
}
