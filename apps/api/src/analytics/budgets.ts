import { Injectable } from '@nestjs/common';
import type { Budget, Budgets as Answer, BudgetSubject, SetBudget } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { AuditLog } from '../audit/audit-log.js';
import type { UserCaller } from '../auth/caller.js';
import { IdSource } from '../database/id-source.js';
import { Where } from '../database/where.js';
import { Problem } from '../problem.js';

interface Row {
  id: string;
  of: BudgetSubject;
  name: string;
  monthly: number;
  warnAt: number;
  spent: number;
}

const WARN_AT = 0.8;

/** What people and models may cost in a month, and how far they have got. */
@Injectable()
export class Budgets {
  constructor(
    private readonly database: DataSource,
    private readonly ids: IdSource,
    private readonly audit: AuditLog,
  ) {}

  /** Admins see every budget. A member sees their own: that of a model would tell what others spend. */
  async visibleTo(caller: UserCaller): Promise<Answer> {
    const where = new Where();
    if (caller.role !== 'admin') where.and(`b.user_id = ${where.bind(caller.userId, 'bigint')}`);
    const from = monthStart();
    const start = where.bind(from, 'timestamptz');
    const rows: Row[] = await this.database.query(
      `SELECT b.id, CASE WHEN b.user_id IS NULL THEN 'model' ELSE 'user' END AS of, coalesce(u.username, b.model_name) AS name, b.monthly, b.warn_at AS "warnAt", coalesce(s.spent, 0) AS spent
       FROM budget b LEFT JOIN app_user u ON u.id = b.user_id
         LEFT JOIN LATERAL (SELECT sum(f.cost) AS spent FROM task_fact f
           WHERE f.created_at >= ${start} AND CASE WHEN b.user_id IS NULL THEN f.model_name = b.model_name ELSE f.create_user = b.user_id END) s ON true
       ${where.sql} ORDER BY coalesce(s.spent, 0) / b.monthly DESC, name`,
      where.parameters,
    );
    return { from, items: rows.map(present) };
  }

  /** Sets, changes or takes away a budget. @throws Problem VALIDATION for a person there is not */
  async set({ of, name, monthly, warnAt }: SetBudget, caller: UserCaller, actor: Actor): Promise<Answer> {
    const [column, subject] = of === 'user' ? ['user_id', await this.userId(name)] : ['model_name', name];
    await this.database.transaction(async (manager) => {
      if (monthly == null) {
        await manager.query(`DELETE FROM budget WHERE ${column} = $1`, [subject]);
      } else {
        await manager.query(
          `INSERT INTO budget (id, ${column}, monthly, warn_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (${column}) WHERE ${column} IS NOT NULL DO UPDATE SET monthly = excluded.monthly, warn_at = excluded.warn_at, updated_at = now()`,
          [this.ids.next(), subject, monthly, warnAt ?? WARN_AT],
        );
      }
      await this.audit.add(
        actor,
        { action: 'budget.set', subject: { type: 'budget', name }, changes: { [`${of}.monthly`]: { to: monthly ?? null } } },
        manager,
      );
    });
    return this.visibleTo(caller);
  }

  private async userId(username: string): Promise<string> {
    const [row]: { id: string }[] = await this.database.query(
      'SELECT id FROM app_user WHERE lower(username) = lower($1) AND deleted_at IS NULL',
      [username],
    );
    if (row === undefined) throw Problem.invalid([{ path: 'name', message: 'name must be the username of somebody', rule: 'nobody' }]);
    return row.id;
  }
}

function monthStart(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)).toISOString();
}

function present({ of, name, monthly, warnAt, spent }: Row): Budget {
  return { of, name, monthly, warnAt, spent, level: spent > monthly ? 'over' : spent >= warnAt * monthly ? 'warn' : 'ok' };
}
