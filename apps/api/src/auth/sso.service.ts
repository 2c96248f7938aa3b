import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../audit/actor.js';
import { AuditLog } from '../audit/audit-log.js';
import { Problem } from '../problem.js';
import { Settings } from './settings.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { SignInService } from './sign-in.service.js';
import { SsoClient, type SsoAttempt } from './sso-client.js';
import { SsoUsers } from './sso-users.js';

const COOKIE = 'ledger_sso';
const PATH = '/api/auth/sso';
/** Seconds a person has to sign in at the provider. */
const ATTEMPT_LIFE = 600;
const AUDIENCE = 'single sign-on';

type Attempt = SsoAttempt & { next: string };

/** Sign-in at an OpenID Connect provider, in two halves: there and back. */
@Injectable()
export class SsoService {
  private readonly logger = new Logger(SsoService.name);

  constructor(
    private readonly client: SsoClient,
    private readonly users: SsoUsers,
    private readonly signIn: SignInService,
    private readonly audit: AuditLog,
    private readonly jwt: JwtService,
    private readonly settings: Settings,
    private readonly throttle: SignInThrottle,
  ) {}

  async begin(next: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { location, attempt } = await this.client.begin(`${originOf(request)}${PATH}/callback`);
    const cookie = await this.jwt.signAsync(
      { ...attempt, next: isOwnPath(next) ? next : '/' },
      { secret: this.settings.signingKey, algorithm: 'HS256', audience: AUDIENCE, expiresIn: ATTEMPT_LIFE },
    );
    // Lax, unlike the session cookie: the provider's redirect back comes from another site.
    void reply.setCookie(COOKIE, cookie, {
      httpOnly: true,
      sameSite: 'lax',
      secure: request.protocol === 'https',
      path: PATH,
      maxAge: ATTEMPT_LIFE,
    });
    await reply.redirect(location, 302);
  }

  async complete(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    void reply.clearCookie(COOKIE, { path: PATH });
    await reply.redirect(await this.finish(request, reply), 302);
  }

  /** A browser is waiting, so what goes wrong is told by the sign-in page, not by a problem document. */
  private async finish(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    try {
      await this.throttle.count(null, request.ip);
      const attempt = await this.jwt.verifyAsync<Attempt>(request.cookies[COOKIE] ?? '', {
        secret: this.settings.signingKey,
        algorithms: ['HS256'],
        audience: AUDIENCE,
      });
      const identity = await this.client.complete(new URL(request.originalUrl, originOf(request)), attempt);
      const user = await this.users.admit(identity, { ...actorOf(request), name: identity.username });
      await this.throttle.forgive(null, request.ip);
      await this.signIn.welcome(user, request, reply);
      return attempt.next;
    } catch (error) {
      return this.explain(error, request);
    }
  }

  /** Who is over the limit leaves no more lines in a log that can only grow. */
  private async explain(error: unknown, request: FastifyRequest): Promise<string> {
    if (error instanceof Problem && error.code === 'RATE_LIMITED') return '/sign-in?sso=unavailable';
    const outcome = error instanceof Problem ? (error.code === 'FORBIDDEN' ? 'refused' : 'unavailable') : 'failed';
    this.logger.warn({ err: error }, 'single sign-on was not completed');
    await this.audit.add(actorOf(request), {
      action: 'session.refused',
      subject: { type: 'session' },
      changes: { singleSignOn: { to: outcome } },
    });
    return `/sign-in?sso=${outcome}`;
  }
}

function originOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}

/** A path on this site: `//host` and `/\host` would lead a browser elsewhere. */
function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[^\s\\]*$/.test(path);
}
