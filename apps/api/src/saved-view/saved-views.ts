import { Injectable } from '@nestjs/common';
import type { SavedView, SavedViewInput } from '@lora-ledger/contracts';
import { DataSource, Not, type FindOperator } from 'typeorm';
import { AuditLog } from '../audit/audit-log.js';
import type { Actor } from '../audit/actor.js';
import { changesBetween } from '../audit/changes.js';
import type { UserCaller } from '../auth/caller.js';
import { IdSource } from '../database/id-source.js';
import { Problem } from '../problem.js';
import { SavedViewRow } from './saved-view.entity.js';

const ID = /^\d{1,19}$/;
/** Views of one person, and views of others that are shown. */
const MOST = 200;

/** Views a person has named for themselves, or for everyone signed in. A view holds a filter, never tasks: each reader sees their own through it. */
@Injectable()
export class SavedViews {
  constructor(
    private readonly database: DataSource,
    private readonly ids: IdSource,
    private readonly audit: AuditLog,
  ) {}

  async visibleTo(caller: UserCaller): Promise<SavedView[]> {
    const rows = (userId: FindOperator<string> | string, audience: Partial<Pick<SavedViewRow, 'audience'>>): Promise<SavedViewRow[]> =>
      this.database.manager.find(SavedViewRow, {
        where: { userId, ...audience },
        relations: { owner: true },
        order: { name: 'ASC', id: 'ASC' },
        take: MOST,
      });
    const [own, offered] = await Promise.all([rows(caller.userId, {}), rows(Not(caller.userId), { audience: 'everyone' })]);
    return [...own, ...offered].map(present);
  }

  async create(input: SavedViewInput, caller: UserCaller, actor: Actor): Promise<SavedView> {
    const mine = await this.database.manager.countBy(SavedViewRow, { userId: caller.userId });
    if (mine >= MOST)
      throw new Problem('STATE_CONFLICT', `You have ${MOST} saved views: delete one you no longer use.`, {
        reason: 'tooManyViews',
        members: { limit: MOST },
      });
    const row = { ...fieldsOf(input), id: this.ids.next(), userId: caller.userId };
    await this.database.transaction(async (manager) => {
      await manager.insert(SavedViewRow, row);
      await this.audit.add(actor, { action: 'saved-view.created', subject: { type: 'saved-view', id: row.id, name: row.name } }, manager);
    });
    return { ...fieldsOf(input), id: row.id, owner: caller.username };
  }

  async replace(id: string, input: SavedViewInput, caller: UserCaller, actor: Actor): Promise<SavedView> {
    const before = await this.found(id, (row) => row.userId === caller.userId);
    await this.database.transaction(async (manager) => {
      await manager.update(SavedViewRow, { id }, fieldsOf(input));
      await this.audit.add(
        actor,
        {
          action: 'saved-view.changed',
          subject: { type: 'saved-view', id, name: input.name },
          changes: changesBetween(before, fieldsOf(input)),
        },
        manager,
      );
    });
    return present({ ...before, ...fieldsOf(input) });
  }

  async remove(id: string, caller: UserCaller, actor: Actor): Promise<void> {
    const row = await this.found(
      id,
      ({ userId, audience }) => userId === caller.userId || (caller.role === 'admin' && audience === 'everyone'),
    );
    await this.database.transaction(async (manager) => {
      await manager.softDelete(SavedViewRow, { id });
      await this.audit.add(actor, { action: 'saved-view.deleted', subject: { type: 'saved-view', id, name: row.name } }, manager);
    });
  }

  /** Only its owner changes a view; admins may also take one away that is offered to everyone. */
  private async found(id: string, isAllowed: (row: SavedViewRow) => boolean): Promise<SavedViewRow> {
    const row = ID.test(id) ? await this.database.manager.findOne(SavedViewRow, { where: { id }, relations: { owner: true } }) : null;
    if (row === null || !isAllowed(row)) throw Problem.notFound('saved view');
    return row;
  }
}

function fieldsOf({ name, page, query, audience }: SavedViewInput): Pick<SavedView, 'name' | 'page' | 'query' | 'audience'> {
  return { name: name.trim(), page, query, audience: audience ?? 'mine' };
}

function present({ id, name, page, query, audience, owner }: SavedViewRow): SavedView {
  return { id, name, page, query, audience, owner: owner?.username ?? '' };
}
