import type { ServerResponse } from 'node:http';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { UserCaller } from '../auth/caller.js';
import { CallerLookup } from '../auth/caller-lookup.js';
import type { Credential } from '../auth/credential.js';
import { ChangedTasks, type ChangedTask } from './changed-tasks.js';
import { RecentChanges } from './recent-changes.js';

/** What a slow reader may have waiting before it is sent away to come back and catch up. */
const BACKLOG_BYTES = 1024 * 1024;
const PING_MS = 20_000;

export interface Subscriber {
  caller: UserCaller;
  /** What let the caller in. */
  credential: Credential;
  response: ServerResponse;
}

/** The open live streams of this instance, and who may hear what. */
@Injectable()
export class Subscribers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Subscribers.name);
  private readonly open = new Set<Subscriber>();
  private readonly recent = new RecentChanges();
  /** Changes that wait to be read and told: task → number. */
  private waiting = new Map<string, number>();
  /** Number of the last change that was told. */
  private told = 0;
  private turn: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly tasks: ChangedTasks, private readonly lookup: CallerLookup) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.ping(), PING_MS);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
    for (const { response } of this.open) response.end();
  }

  get count(): number {
    return this.open.size;
  }

  /** @param lastEventId where a page that comes back had got to */
  add(subscriber: Subscriber, lastEventId: string | undefined): void {
    const { response } = subscriber;
    response.once('close', () => this.open.delete(subscriber));
    const since = lastEventId ? this.recent.numberIn(lastEventId) : null;
    if (since !== null) return this.later(() => this.resume(subscriber, since));
    this.open.add(subscriber);
    write(response, event('hello', {}, this.recent.eventId(this.told)));
    if (lastEventId) write(response, event('reset', {}, this.recent.eventId(this.told)));
  }

  /** @param ids row ids of tasks that have changed */
  changed(ids: string[]): void {
    const isIdle = this.waiting.size === 0;
    for (const id of ids) this.waiting.set(id, this.recent.add(id));
    // What comes while the database answers is read together next time.
    if (isIdle && ids.length > 0) this.later(() => this.tellWaiting());
  }

  /** Something was missed: every page asks again for what it shows. */
  reset(): void {
    this.later(async () => this.resetAll());
  }

  /** Keeps connections from being taken for dead, and ends those whose ground has gone: a stream stays open for hours, the right to it need not. */
  async ping(): Promise<void> {
    for (const subscriber of [...this.open]) {
      if (await this.isWelcome(subscriber)) write(subscriber.response, ':\n\n');
      else subscriber.response.end();
    }
  }

  /** Something about a person's right to listen has changed: their streams are looked at now. @param userId snowflake */
  async check(userId: string): Promise<void> {
    for (const subscriber of [...this.open]) {
      if (subscriber.caller.userId === userId && !(await this.isWelcome(subscriber))) subscriber.response.end();
    }
  }

  /** The same question as at the door. While the database is away nobody is sent away. */
  private async isWelcome({ caller, credential }: Subscriber): Promise<boolean> {
    try {
      const found = await this.lookup.user(credential, null);
      return found?.caller.userId === caller.userId && found.caller.role === caller.role;
    } catch {
      return true;
    }
  }

  private async tellWaiting(): Promise<void> {
    const [changes, last] = [this.waiting, this.recent.last];
    this.waiting = new Map();
    if (this.open.size > 0) await this.tell(this.open, changes);
    this.told = last;
  }

  /** Joins the others only afterwards: a newer event before an older one would make the older one lost if the connection broke in between. */
  private async resume(subscriber: Subscriber, since: number): Promise<void> {
    try {
      write(subscriber.response, event('hello', {}));
      await this.tell([subscriber], this.recent.between(since, this.told));
    } finally {
      if (!subscriber.response.destroyed) this.open.add(subscriber);
    }
  }

  /** Streams that hear the same are sent the same bytes, in one piece: with thousands of them, a write for each event would take all the time there is. */
  private async tell(subscribers: Iterable<Subscriber>, changes: Map<string, number>): Promise<void> {
    const changed = await this.read(changes);
    const made = new Map<string, Buffer>();
    for (const { caller, response } of subscribers) {
      const heard = changed.map(({ task }) => (!task.isVisibleTo(caller) ? '-' : task.isChangeableBy(caller) ? 'w' : 'r')).join('');
      const bytes = made.get(heard) ?? Buffer.from(changed.map(({ task, number }, index) => (heard[index] === '-' ? '' : event('task', task.present(caller), this.recent.eventId(number)))).join(''));
      made.set(heard, bytes);
      if (bytes.length > 0) write(response, bytes);
    }
  }

  private async read(changes: Map<string, number>): Promise<{ task: ChangedTask; number: number }[]> {
    const tasks = await this.tasks.load([...changes.keys()]);
    return tasks.map((task) => ({ task, number: changes.get(task.id) ?? 0 })).sort((a, b) => a.number - b.number);
  }

  private resetAll(): void {
    this.told = this.recent.gap();
    for (const { response } of this.open) write(response, event('reset', {}, this.recent.eventId(this.told)));
  }

  /** Keeps events in the order of the changes, and this instance alive when the database is not. */
  private later(work: () => Promise<void>): void {
    this.turn = this.turn.then(work).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'a live update could not be read');
      this.resetAll();
    });
  }
}

function event(name: string, data: object, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function write(response: ServerResponse, text: string | Buffer): void {
  if (response.writableLength > BACKLOG_BYTES) response.destroy();
  else response.write(text);
}
