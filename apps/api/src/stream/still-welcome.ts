import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { UserCaller } from '../auth/caller.js';

/** A stream stays open for hours; the right to it must not. Asks for all open streams at once whose ground has gone. */
@Injectable()
export class StillWelcome {
  constructor(private readonly database: DataSource) {}

  /** @returns those whose account was disabled or changed its role, or whose session was ended */
  async not(callers: UserCaller[]): Promise<Set<UserCaller>> {
    if (callers.length === 0) return new Set();
    const users: { id: string; role: string }[] = await this.database.query(
      'SELECT id, role FROM app_user WHERE id = ANY($1::bigint[]) AND NOT disabled AND deleted_at IS NULL', [[...new Set(callers.map(({ userId }) => userId))]],
    );
    const sessionIds = [...new Set(callers.flatMap(({ sessionId }) => sessionId ?? []))];
    const sessions: { id: string }[] = await this.database.query('SELECT id FROM session WHERE id = ANY($1::uuid[]) AND expires_at > now()', [sessionIds]);
    const [roles, alive] = [new Map(users.map(({ id, role }) => [id, role])), new Set(sessions.map(({ id }) => id))];
    return new Set(callers.filter((caller) => roles.get(caller.userId) !== caller.role || (caller.sessionId !== undefined && !alive.has(caller.sessionId))));
  }
}
