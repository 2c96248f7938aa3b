import { Inject, Injectable } from '@nestjs/common';
import type { AuthStatus, Me, SessionList } from '@lora-ledger/contracts';
import { isUUID } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { actorOf, type Actor } from '../audit/actor.js';
import { AuditLog } from '../audit/audit-log.js';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { Problem } from '../problem.js';
import type { UserCaller } from './caller.js';
import { SESSION_COOKIE } from './credential.js';
import { csrfTokenOf } from './csrf.js';
import { clearSessionCookie, Sessions } from './sessions.js';
import { SetupService } from './setup.service.js';
import { userDto } from './user-dto.js';
import { User } from './user.entity.js';

/** The caller's own account, and what is known before anybody has signed in. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly database: DataSource,
    private readonly sessions: Sessions,
    private readonly setup: SetupService,
    private readonly audit: AuditLog,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async status(): Promise<AuthStatus> {
    return { setupRequired: await this.setup.isRequired(), singleSignOn: this.config.singleSignOn?.name ?? null };
  }

  async me(caller: UserCaller, request: FastifyRequest): Promise<Me> {
    const user = await this.database.manager.findOneByOrFail(User, { id: caller.userId });
    const cookie = request.cookies[SESSION_COOKIE];
    return { user: userDto(user), csrfToken: caller.via === 'session' && cookie !== undefined ? csrfTokenOf(cookie) : null };
  }

  sessionsOf(caller: UserCaller): Promise<SessionList> {
    return this.sessions.listOf(caller.userId, caller.sessionId);
  }

  /** @throws Problem NOT_FOUND for other people's sessions, too */
  async endSession(caller: UserCaller, id: string, actor: Actor): Promise<void> {
    if (!isUUID(id)) throw Problem.notFound('session');
    await this.database.transaction(async (manager) => {
      if (!(await this.sessions.endOf(caller.userId, id, manager))) throw Problem.notFound('session');
      await this.audit.add(actor, { action: 'session.ended', subject: { type: 'session', id, name: caller.username } }, manager);
    });
  }

  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { caller } = request;
    if (caller?.kind === 'user' && caller.sessionId !== undefined) {
      await this.sessions.end(caller.sessionId);
      await this.audit.add(actorOf(request), {
        action: 'session.ended',
        subject: { type: 'user', id: caller.userId, name: caller.username },
      });
    }
    clearSessionCookie(request, reply);
  }
}
