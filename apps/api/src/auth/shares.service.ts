import { Injectable } from '@nestjs/common';
import type { People, Person, PutShares, Shares } from '@lora-ledger/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { AuditLog } from '../audit/audit-log.js';
import { changesBetween } from '../audit/changes.js';
import { Problem } from '../problem.js';
import type { CalledTask } from './caller.js';

const PEOPLE_MAX = 20;

/** Lets colleagues read a task, so that they can learn from it and clone it. It never lets them change it, and can be taken back. */
@Injectable()
export class SharesService {
  constructor(
    private readonly database: DataSource,
    private readonly audit: AuditLog,
  ) {}

  async of(task: CalledTask, manager: EntityManager = this.database.manager): Promise<Shares> {
    const rows: { username: string | null; displayName: string | null }[] = await manager.query(
      `SELECT u.username, u.display_name AS "displayName" FROM task_share s LEFT JOIN app_user u ON u.id = s.user_id
       WHERE s.train_task_id = $1 ORDER BY lower(u.username)`,
      [task.id],
    );
    const people = rows.filter((row): row is Person => row.username !== null);
    return { everyone: people.length < rows.length, people };
  }

  /**
   * Whoever is not named may not read it any more. The owner needs no share and is passed over.
   * @throws Problem VALIDATION naming who is not here
   */
  async replace(task: CalledTask, { everyone, usernames }: PutShares, sharedBy: string, actor: Actor): Promise<Shares> {
    return this.database.transaction(async (manager) => {
      // Two people who share at the same moment come one after the other, so that the log tells what each has changed.
      await manager.query('SELECT FROM train_task WHERE id = $1 FOR UPDATE', [task.id]);
      const before = await this.of(task, manager);
      const ids = (await usersNamed(usernames, manager)).filter((id) => id !== task.ownerId);
      await manager.query('DELETE FROM task_share WHERE train_task_id = $1 AND NOT coalesce(user_id, 0) = ANY($2::bigint[])', [
        task.id,
        everyone ? [...ids, '0'] : ids,
      ]);
      await manager.query(
        `INSERT INTO task_share (train_task_id, user_id, created_by) SELECT $1, user_id, $3 FROM unnest($2::bigint[]) AS user_id
         ON CONFLICT DO NOTHING`,
        [task.id, everyone ? [...ids, null] : ids, sharedBy],
      );
      const after = await this.of(task, manager);
      const changes = changesBetween(plain(before), plain(after));
      if (Object.keys(changes).length > 0) await this.audit.addForTasks(actor, 'task.shared', [task.id], changes, manager);
      return after;
    });
  }

  /** Whom a task can be shared with: part of a name is enough. */
  async people(part: string): Promise<People> {
    const items: Person[] = await this.database.query(
      `SELECT username, display_name AS "displayName" FROM app_user
       WHERE deleted_at IS NULL AND NOT disabled AND position(lower($1) IN lower(username || ' ' || coalesce(display_name, ''))) > 0
       ORDER BY lower(username) LIMIT $2`,
      [part.trim(), PEOPLE_MAX],
    );
    return { items };
  }
}

async function usersNamed(usernames: readonly string[], manager: EntityManager): Promise<string[]> {
  const names = [...new Set(usernames.map((name) => name.toLowerCase()))];
  const rows: { id: string; name: string }[] = await manager.query(
    'SELECT id, lower(username) AS name FROM app_user WHERE lower(username) = ANY($1::text[]) AND deleted_at IS NULL',
    [names],
  );
  const unknown = names.filter((name) => !rows.some((row) => row.name === name));
  if (unknown.length > 0)
    throw Problem.invalid([
      { path: 'usernames', message: `usernames names nobody who is here: ${unknown.join(', ').slice(0, 200)}`, rule: 'nobody' },
    ]);
  return rows.map(({ id }) => id);
}

function plain({ everyone, people }: Shares): { everyone: boolean; people: string[] } {
  return { everyone, people: people.map(({ username }) => username) };
}
