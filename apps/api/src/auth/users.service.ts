import { Injectable } from '@nestjs/common';
import { PAGE_LIMIT, type CreateUser, type PatchUser, type UserDto, type UserList, type UserQuery } from '@lora-ledger/contracts';
import { DataSource, IsNull, Not, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { AuditLog } from '../audit/audit-log.js';
import { changesBetween } from '../audit/changes.js';
import { IdSource } from '../database/id-source.js';
import { Problem } from '../problem.js';
import { requireGoodPassword } from './password-rules.js';
import { Passwords } from './passwords.js';
import { Sessions } from './sessions.js';
import { userDto } from './user-dto.js';
import { User } from './user.entity.js';

/** People and what they may do. */
@Injectable()
export class UsersService {
  constructor(
    private readonly database: DataSource,
    private readonly ids: IdSource,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
  ) {}

  /** By username. The same name can be deleted more than once, so the cursor is id and name of the last row. */
  async list({ cursor, limit = PAGE_LIMIT, deleted }: UserQuery): Promise<UserList> {
    const query = this.database.manager
      .createQueryBuilder(User, 'u')
      .orderBy('lower(u.username)')
      .addOrderBy('u.id')
      .limit(limit + 1);
    if (deleted === 'only') query.withDeleted().where('u.deletedAt IS NOT NULL');
    if (cursor !== undefined) query.andWhere('(lower(u.username), u.id) > (:name, :id)', readCursor(cursor));
    const users = await query.getMany();
    const page = users.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(userDto),
      nextCursor: users.length > limit && last !== undefined ? `${last.id} ${last.username.toLowerCase()}` : null,
    };
  }

  /** @throws Problem STATE_CONFLICT when the username is taken, VALIDATION for a weak password */
  async create(request: CreateUser, actor: Actor): Promise<UserDto> {
    const { username, password, role, displayName = null, email = null } = request;
    requireGoodPassword(password, username);
    const passwordHash = await this.passwords.hash(password);
    return this.database.transaction(async (manager) => {
      const [row]: unknown[] = await manager.query('SELECT FROM app_user WHERE lower(username) = lower($1) AND deleted_at IS NULL', [
        username,
      ]);
      if (row !== undefined) throw new Problem('STATE_CONFLICT', 'This username is taken.', { reason: 'usernameTaken' });
      const id = this.ids.next();
      await manager.insert(User, { id, username, role, displayName, email, passwordHash });
      await this.audit.add(
        actor,
        {
          action: 'user.created',
          subject: { type: 'user', id, name: username },
          changes: changesBetween({}, { role, displayName, email }),
        },
        manager,
      );
      return userDto(await manager.findOneByOrFail(User, { id }));
    });
  }

  /** @throws Problem NOT_FOUND, STATE_CONFLICT when it would leave no admin */
  async change(id: string, { password, ...patch }: PatchUser, actor: Actor): Promise<UserDto> {
    const before = await this.find(id, this.database.manager);
    const fields = withoutEmpty(patch);
    if (password) requireGoodPassword(password, before.username);
    const passwordHash = password ? await this.passwords.hash(password) : undefined;
    return this.database.transaction(async (manager) => {
      if (fields.disabled === true || fields.role === 'member') await requireOtherAdmin(id, manager);
      const user = await this.find(id, manager);
      const wanted = { ...fields, ...(passwordHash === undefined ? {} : { passwordHash }) };
      if (Object.keys(wanted).length > 0) await manager.update(User, { id }, wanted);
      if (passwordHash !== undefined || fields.disabled === true) await this.sessions.endAllOf(id, manager);
      const changes = { ...changesBetween(user, fields), ...(passwordHash === undefined ? {} : { password: {} }) };
      await this.audit.add(actor, { action: 'user.changed', subject: { type: 'user', id, name: user.username }, changes }, manager);
      return userDto(await manager.findOneByOrFail(User, { id }));
    });
  }

  /** Their tasks stay, under their name. @throws Problem NOT_FOUND, STATE_CONFLICT for the last admin */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (manager) => {
      await requireOtherAdmin(id, manager);
      const user = await this.find(id, manager);
      await manager.softDelete(User, { id });
      await this.sessions.endAllOf(id, manager);
      await manager.query('UPDATE api_token SET deleted_at = now() WHERE user_id = $1 AND deleted_at IS NULL', [id]);
      await manager.query('DELETE FROM task_share WHERE user_id = $1', [id]);
      await this.audit.add(actor, { action: 'user.deleted', subject: { type: 'user', id, name: user.username } }, manager);
    });
  }

  /** Takes a deletion back; tokens and shares of that time stay gone. @throws Problem NOT_FOUND, STATE_CONFLICT when the name is taken by now */
  async restore(id: string, actor: Actor): Promise<UserDto> {
    return this.database.transaction(async (manager) => {
      const deleted = isId(id) ? await manager.findOne(User, { where: { id, deletedAt: Not(IsNull()) }, withDeleted: true }) : null;
      if (deleted === null) throw Problem.notFound('deleted user');
      await manager.restore(User, { id });
      await this.audit.add(actor, { action: 'user.restored', subject: { type: 'user', id, name: deleted.username } }, manager);
      return userDto({ ...deleted, deletedAt: null });
    });
  }

  private async find(id: string, manager: EntityManager): Promise<User> {
    const user = isId(id) ? await manager.findOneBy(User, { id }) : null;
    if (user === null) throw Problem.notFound('user');
    return user;
  }
}

function isId(text: string): boolean {
  return /^\d{1,19}$/.test(text) && BigInt(text) < 2n ** 63n;
}

/** @throws Problem VALIDATION for a cursor that this list has not given */
function readCursor(cursor: string): { id: string; name: string } {
  const [id = '', ...name] = cursor.split(' ');
  if (!isId(id) || name.length === 0)
    throw Problem.invalid([{ path: 'cursor', message: 'cursor is not one this list has given: begin again without it', rule: 'cursor' }]);
  return { id, name: name.join(' ') };
}

/** A `null` takes a name or address away; role and disabled always have a value, so there it means "as it is". */
function withoutEmpty({ role, disabled, displayName, email }: PatchUser): Partial<User> {
  return {
    ...(role ? { role } : {}),
    ...(typeof disabled === 'boolean' ? { disabled } : {}),
    ...(displayName === undefined ? {} : { displayName }),
    ...(email === undefined ? {} : { email }),
  };
}

/**
 * Whether nobody beside `id` could administer. Locks every admin until the transaction ends: two admins who demote each other at the same moment meet at these locks,
 * and the second sees what the first has done.
 */
export async function isLastAdmin(id: string, manager: EntityManager): Promise<boolean> {
  const admins: { id: string }[] = await manager.query(
    `SELECT id FROM app_user WHERE role = 'admin' AND NOT disabled AND deleted_at IS NULL ORDER BY id FOR UPDATE`,
  );
  return admins.length === 1 && admins[0]?.id === id;
}

async function requireOtherAdmin(id: string, manager: EntityManager): Promise<void> {
  if (await isLastAdmin(id, manager))
    throw new Problem('STATE_CONFLICT', 'This is the last admin: make somebody else an admin before.', { reason: 'lastAdmin' });
}
