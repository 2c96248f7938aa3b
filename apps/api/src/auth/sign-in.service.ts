import { Injectable } from '@nestjs/common';
import type { Credentials, SetupRequest, SignedIn } from '@lora-ledger/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource, IsNull } from 'typeorm';
import { Inject } from '@nestjs/common';
import { actorOf } from '../audit/actor.js';
import { AuditLog } from '../audit/audit-log.js';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { Problem } from '../problem.js';
import { requireGoodPassword } from './password-rules.js';
import { Passwords } from './passwords.js';
import { Sessions, setSessionCookie } from './sessions.js';
import { SetupService } from './setup.service.js';
import { SignInThrottle } from './sign-in-throttle.js';
import type { UserCaller } from './caller.js';
import { userDto } from './user-dto.js';
import { User } from './user.entity.js';

/** Ways into a session by password: sign-in, first set-up, a changed password. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: DataSource,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly setup: SetupService,
    private readonly throttle: SignInThrottle,
    private readonly audit: AuditLog,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Problem UNAUTHENTICATED with one sentence for every cause, RATE_LIMITED */
  async signIn({ username, password }: Credentials, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
    await this.throttle.count(username, request.ip);
    const user = await this.database.manager
      .createQueryBuilder(User, 'u')
      .where('lower(u.username) = lower(:username)', { username })
      .getOne();
    const right = await this.passwords.matches(user?.passwordHash ?? null, password);
    if (user === null || !right || user.disabled) {
      await this.audit.add(actorOf(request), {
        action: 'session.refused',
        subject: { type: 'user', id: user?.id ?? null, name: user?.username ?? null },
      });
      throw new Problem('UNAUTHENTICATED', 'Username or password is wrong, or the account is disabled.');
    }
    await this.throttle.forgive(username, request.ip);
    return this.welcome(user, request, reply);
  }

  async setUp({ code, username, password }: SetupRequest, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
    await this.throttle.count(null, request.ip);
    return this.welcome(await this.setup.setUp(code, username, password, actorOf(request)), request, reply);
  }

  /** All other sessions end; the caller goes on with a new one. */
  async changePassword(
    caller: UserCaller,
    currentPassword: string,
    newPassword: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<SignedIn> {
    await this.throttle.count(caller.username, request.ip);
    const user = await this.database.manager.findOneByOrFail(User, { id: caller.userId, deletedAt: IsNull() });
    if (!(await this.passwords.matches(user.passwordHash, currentPassword))) {
      throw Problem.invalid([{ path: 'currentPassword', message: 'currentPassword is not your present password', rule: 'wrongPassword' }]);
    }
    requireGoodPassword(newPassword, user.username, 'newPassword');
    const passwordHash = await this.passwords.hash(newPassword);
    await this.database.transaction(async (manager) => {
      await manager.update(User, { id: user.id }, { passwordHash });
      await this.sessions.endAllOf(user.id, manager);
      await this.audit.add(
        actorOf(request),
        { action: 'user.password-changed', subject: { type: 'user', id: user.id, name: user.username } },
        manager,
      );
    });
    await this.throttle.forgive(user.username, request.ip);
    return this.welcome(user, request, reply);
  }

  /** Begins a session for somebody who has proven who they are. */
  async welcome(user: User, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
    const lastLoginAt = new Date();
    const session = await this.database.transaction(async (manager) => {
      await manager.update(User, { id: user.id }, { lastLoginAt });
      const actor = { ...actorOf(request), userId: user.id, name: user.username, via: 'session' as const };
      await this.audit.add(actor, { action: 'session.started', subject: { type: 'user', id: user.id, name: user.username } }, manager);
      return this.sessions.begin(user.id, request, manager);
    });
    setSessionCookie(request, reply, session.secret, this.config.sessionMax);
    return { user: userDto({ ...user, lastLoginAt }), csrfToken: session.csrfToken, accessToken: session.accessToken };
  }
}
