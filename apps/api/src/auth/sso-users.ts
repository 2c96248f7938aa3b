import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '@lora-ledger/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { AuditLog } from '../audit/audit-log.js';
import { changesBetween } from '../audit/changes.js';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { IdSource } from '../database/id-source.js';
import { Problem } from '../problem.js';
import type { SsoIdentity } from './sso-client.js';
import { isLastAdmin } from './users.service.js';
import { User } from './user.entity.js';

const USERNAME_MAX = 50;

/**
 * Finds or makes the account of somebody the provider vouches for. Accounts are matched by subject only: a name or address that happens
 * to be equal never opens an account that was made with a password.
 */
@Injectable()
export class SsoUsers {
  constructor(
    private readonly database: DataSource,
    private readonly ids: IdSource,
    private readonly audit: AuditLog,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Problem FORBIDDEN for who is in no group that may come in, and for disabled or deleted accounts */
  async admit(identity: SsoIdentity, actor: Actor): Promise<User> {
    const role = this.roleOf(identity);
    return this.database.transaction(async (manager) => {
      // The first two sign-ins of one person at the same moment make one account.
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [identity.subject]);
      const former = await manager.findOne(User, { where: { ssoSubject: identity.subject }, withDeleted: true, order: { id: 'DESC' } });
      if (former === null) return this.create(identity, role ?? 'member', actor, manager);
      if (former.deletedAt !== null || former.disabled)
        throw new Problem('FORBIDDEN', 'This account is disabled or deleted. Ask an admin.');
      return this.update(former, identity, role, actor, manager);
    });
  }

  /** @returns `null` when the provider does not say: the role stays as it was given here */
  private roleOf({ groups }: SsoIdentity): Role | null {
    const { adminGroup = null, memberGroup = null } = this.config.singleSignOn ?? {};
    if (adminGroup !== null && groups.includes(adminGroup)) return 'admin';
    if (memberGroup !== null && !groups.includes(memberGroup)) throw new Problem('FORBIDDEN', 'You are in no group that may use this.');
    return adminGroup === null ? null : 'member';
  }

  private async create(identity: SsoIdentity, role: Role, actor: Actor, manager: EntityManager): Promise<User> {
    const { subject: ssoSubject, displayName, email } = identity;
    const id = this.ids.next();
    const username = await freeUsername(identity.username, manager);
    await manager.insert(User, { id, username, role, displayName, email, ssoSubject });
    await this.audit.add(
      actor,
      { action: 'user.created', subject: { type: 'user', id, name: username }, changes: changesBetween({}, { role, ssoSubject }) },
      manager,
    );
    return manager.findOneByOrFail(User, { id });
  }

  private async update(
    user: User,
    { displayName, email }: SsoIdentity,
    role: Role | null,
    actor: Actor,
    manager: EntityManager,
  ): Promise<User> {
    const keepsRole = role === null || role === user.role || (role === 'member' && (await isLastAdmin(user.id, manager)));
    const fields = { displayName: displayName ?? user.displayName, email: email ?? user.email, role: keepsRole ? user.role : role };
    const changes = changesBetween(user, fields);
    if (Object.keys(changes).length > 0) {
      await manager.update(User, { id: user.id }, fields);
      await this.audit.add(
        actor,
        { action: 'user.changed', subject: { type: 'user', id: user.id, name: user.username }, changes },
        manager,
      );
    }
    return { ...user, ...fields };
  }
}

/** The name the provider gives, made to fit; a number is added when somebody has it already. */
async function freeUsername(wanted: string, manager: EntityManager): Promise<string> {
  const base =
    wanted
      .replace(/[^A-Za-z0-9._@-]+/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, USERNAME_MAX) || 'user';
  const taken: { name: string }[] = await manager.query(
    `SELECT lower(username) AS name FROM app_user WHERE starts_with(lower(username), lower($1)) AND deleted_at IS NULL`,
    [base],
  );
  const names = new Set(taken.map(({ name }) => name));
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? base : `${base}-${number}`;
    if (!names.has(candidate.toLowerCase())) return candidate;
  }
}
