import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Ids of tasks that are new or have changed in any way. */
export const TASK_CHANNEL = 'ledger_task';
/** Ids of running tasks of which reports have changed what every report changes. */
export const PROGRESS_CHANNEL = 'ledger_progress';
/** How long changes are gathered before they are told, in milliseconds. */
const GATHER_MS = { [TASK_CHANNEL]: 20, [PROGRESS_CHANNEL]: 100 };
/** A notification carries at most 8000 bytes; an id and its comma take 20. */
const IDS_PER_NOTICE = 350;

type Channel = keyof typeof GATHER_MS;

/**
 * Tells every instance which tasks have changed. Changes are gathered for a moment and told once: a notification inside
 * each report's own transaction would make all commits of the database wait for one another.
 * A crash loses at most that moment, which the pages' own slow refresh makes good.
 */
@Injectable()
export class TaskChangeFeed implements BeforeApplicationShutdown {
  private readonly logger = new Logger(TaskChangeFeed.name);
  private readonly gathered = new Map<Channel, { ids: Set<string>; timer: NodeJS.Timeout }>();

  constructor(private readonly database: DataSource) {}

  /** @param ids row ids of tasks, after their change was committed */
  mark(...ids: string[]): void {
    if (ids.length > 0) this.gather(TASK_CHANNEL, ids);
  }

  /** @param id row id of a running task, after a report of it was stored */
  markProgress(id: string): void {
    this.gather(PROGRESS_CHANNEL, [id]);
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const [channel, { timer }] of this.gathered) {
      clearTimeout(timer);
      await this.flush(channel);
    }
  }

  private gather(channel: Channel, ids: readonly string[]): void {
    const gathered = this.gathered.get(channel) ?? {
      ids: new Set(),
      timer: setTimeout(() => void this.flush(channel), GATHER_MS[channel]),
    };
    this.gathered.set(channel, gathered);
    for (const id of ids) gathered.ids.add(id);
  }

  private async flush(channel: Channel): Promise<void> {
    const ids = [...(this.gathered.get(channel)?.ids ?? [])];
    this.gathered.delete(channel);
    try {
      for (let from = 0; from < ids.length; from += IDS_PER_NOTICE) {
        await this.database.query('SELECT pg_notify($1, $2)', [channel, ids.slice(from, from + IDS_PER_NOTICE).join(',')]);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'changes could not be told to the open pages');
    }
  }
}
