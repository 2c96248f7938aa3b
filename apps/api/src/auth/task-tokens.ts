import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { hashSecret, mintToken, TASK_TOKEN_PREFIX } from './secrets.js';

/** Tokens a trainer or worker reports with. Each is good for one task, and dies with it (see `access.ts`). */
@Injectable()
export class TaskTokens {
  constructor(private readonly database: DataSource) {}

  /**
   * @param trainTaskId row id of the task
   * @returns the token; only its hash is kept, so this is the one chance to hand it to the worker
   */
  async mint(trainTaskId: string, manager: EntityManager = this.database.manager): Promise<string> {
    const token = mintToken(TASK_TOKEN_PREFIX);
    await manager.query('INSERT INTO task_token (token_hash, train_task_id) VALUES ($1, $2)', [hashSecret(token), trainTaskId]);
    return token;
  }

  /** Tokens that can do nothing any more. */
  async forgetOld(): Promise<void> {
    await this.database.query(
      `DELETE FROM task_token k USING train_task t WHERE t.id = k.train_task_id AND t.status NOT IN ('PENDING', 'RUNNING') AND t.end_time < now() - interval '1 day'`,
    );
  }
}
