import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Client } from 'pg';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { Subscribers } from './subscribers.js';
import { PROGRESS_CHANNEL, TASK_CHANNEL } from './task-change-feed.js';

/** Ids of people whose session, token or account has changed; the database itself speaks here (see the migration `TellWhoMayNoMore`). */
const PERSON_CHANNEL = 'ledger_person';
const RETRY_MS = 1000;
const CONNECT_MS = 5000;
/** A connection that only listens sends nothing: without this nobody would notice that the other side is gone. */
const KEEP_ALIVE_MS = 10_000;

/** Hears of changed tasks and people from all instances, this one included, on a connection of its own that is renewed when it breaks. */
@Injectable()
export class TaskListener implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(TaskListener.name);
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly subscribers: Subscribers,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.connect();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.config.databaseUrl,
      application_name: 'lora-ledger live',
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      connectionTimeoutMillis: CONNECT_MS,
    });
    client.on('notification', ({ channel, payload = '' }) => {
      if (channel === PERSON_CHANNEL) void this.subscribers.check(payload);
      else if (channel === PROGRESS_CHANNEL) this.subscribers.progressed(payload.split(','));
      else this.subscribers.changed(payload.split(','));
    });
    client.on('error', () => undefined);
    client.once('end', () => this.again());
    try {
      await client.connect();
      await client.query(`LISTEN ${TASK_CHANNEL}; LISTEN ${PROGRESS_CHANNEL}; LISTEN ${PERSON_CHANNEL}`);
      this.client = client;
      // Only now can nothing be missed any more: whoever listened before has to ask again.
      this.subscribers.reset();
      if (this.isStopping) await client.end();
    } catch (error) {
      this.logger.warn({ err: error }, 'live updates are interrupted');
      await client.end().catch(() => undefined);
      this.again();
    }
  }

  private again(): void {
    if (this.isStopping) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.connect(), RETRY_MS);
  }
}
