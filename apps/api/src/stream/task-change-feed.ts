import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

export const TASK_CHANNEL = 'ledger_task';
const FLUSH_MS = 200;
/** A notification carries at most 8000 bytes; an id and its comma take 20. */
const IDS_PER_NOTICE = 350;

/**
 * Tells every instance which tasks have changed. Changes are gathered for a moment and told once: a notification inside
 * each report's own transaction would make all commits of the database wait for one another.
 * A crash loses at most that moment, which the pages' own slow refresh makes good.
 */
@Injectable()
export class TaskChangeFeed implements BeforeApplicationShutdown {
  private readonly logger = new Logger(TaskChangeFeed.name);
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: DataSource) {}

  /** @param ids row ids of tasks, after their change was committed */
  mark(...ids: string[]): void {
    for (const id of ids) this.changed.add(id);
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.flush();
  }

  private async flush(): Promise<void> {
    this.timer = undefined;
    const ids = [...this.changed];
    this.changed.clear();
    try {
      for (let from = 0; from < ids.length; from += IDS_PER_NOTICE) {
        await this.database.query('SELECT pg_notify($1, $2)', [TASK_CHANNEL, ids.slice(from, from + IDS_PER_NOTICE).join(',')]);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'changes could not be told to the open pages');
    }
  }
}
