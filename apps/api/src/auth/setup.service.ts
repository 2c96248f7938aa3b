import { createHmac } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { LEDGER_ACTOR, type Actor } from '../audit/actor.js';
import { AuditLog } from '../audit/audit-log.js';
import { CONFIG } from '../config.module.js';
import { ConfigError, type Config } from '../config.js';
import { IdSource } from '../database/id-source.js';
import { Problem } from '../problem.js';
import { requireGoodPassword } from './password-rules.js';
import { Passwords } from './passwords.js';
import { sameSecret } from './secrets.js';
import { Settings } from './settings.js';
import { User } from './user.entity.js';

/** Any fixed number that nothing else in this database uses: two first admins cannot be made at the same moment. */
const SETUP_LOCK = 7_301_225_002;

/** Gets the first admin in: from the environment, or with a code that only who sees the console knows. There is no default password. */
@Injectable()
export class SetupService implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly ids: IdSource,
    private readonly passwords: Passwords,
    private readonly settings: Settings,
    private readonly audit: AuditLog,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { firstAdmin } = this.config;
    if (firstAdmin === null || !(await this.isRequired())) return;
    try {
      requireGoodPassword(firstAdmin.password, firstAdmin.username, 'LEDGER_ADMIN_PASSWORD');
    } catch (error) {
      throw error instanceof Problem ? new ConfigError(error.detail) : error;
    }
    await this.createFirstAdmin(firstAdmin.username, firstAdmin.password, LEDGER_ACTOR);
  }

  async isRequired(): Promise<boolean> {
    return !(await someAdminExists(this.database.manager));
  }

  /** The code to print at the console; `null` once there is an admin. The same after a restart and on every instance of one database. */
  async pendingCode(): Promise<string | null> {
    return (await this.isRequired()) ? this.code() : null;
  }

  /** @throws Problem FORBIDDEN for a wrong code, STATE_CONFLICT when the set-up is done already, VALIDATION for a weak password */
  async setUp(code: string, username: string, password: string, actor: Actor): Promise<User> {
    if (!(await this.isRequired())) throw alreadySetUp();
    if (!sameSecret(code.trim().toUpperCase(), this.code()))
      throw new Problem('FORBIDDEN', 'This is not the code that was printed at the console.');
    requireGoodPassword(password, username);
    const admin = await this.createFirstAdmin(username, password, actor);
    if (admin === null) throw alreadySetUp();
    return admin;
  }

  /** Not stored anywhere: derived from the key of this installation. 80 bits in groups of five hexadecimal digits. */
  private code(): string {
    const digits = createHmac('sha256', this.settings.signingKey).update('set-up code').digest('hex').slice(0, 20).toUpperCase();
    return digits.replace(/.{5}(?=.)/g, '$&-');
  }

  private async createFirstAdmin(username: string, password: string, actor: Actor): Promise<User | null> {
    const passwordHash = await this.passwords.hash(password);
    return this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [SETUP_LOCK]);
      if (await someAdminExists(manager)) return null;
      const id = this.ids.next();
      await manager.insert(User, { id, username, role: 'admin', passwordHash });
      await this.audit.add(
        actor,
        { action: 'user.created', subject: { type: 'user', id, name: username }, changes: { role: { to: 'admin' } } },
        manager,
      );
      return manager.findOneByOrFail(User, { id });
    });
  }
}

/** Once there is an admin there always is one (see `isLastAdmin`); members may come by single sign-on before the first admin does. */
async function someAdminExists(manager: EntityManager): Promise<boolean> {
  const [row]: { exists: boolean }[] = await manager.query(
    `SELECT EXISTS (SELECT FROM app_user WHERE role = 'admin' AND NOT disabled AND deleted_at IS NULL)`,
  );
  return row?.exists === true;
}

function alreadySetUp(): Problem {
  return new Problem('STATE_CONFLICT', 'The first admin exists already. Sign in instead.', { reason: 'setUpAlready' });
}
