import type { ServerResponse } from 'node:http';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { UserCaller } from '../auth/caller.js';
import { ChangedTasks, type ChangedTask } from './changed-tasks.js';
import { StillWelcome } from './still-welcome.js';

/** What a slow reader may have waiting before it is sent away to come back and catch up. */
const BACKLOG_BYTES = 1024 * 1024;
/** Changes that a page may have missed while it reconnected. Older ones are not replayed: it is told to ask again. */
const REMEMBERED = 5000;
const PING_MS = 20_000;

interface Subscriber {
  caller: UserCaller;
  response: ServerResponse;
}

interface Remembered {
  number: number;
  id: string;
}

/** The open live streams of this instance, and who may hear what. */
@Injectable()
export class Subscribers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Subscribers.name);
  private readonly open = new Set<Subscriber>();
  /** Names this life of the process: the number in an event id means nothing to another instance. */
  private readonly epoch = Date.now().toString(36);
  private number = 0;
  private recent: Remembered[] = [];
  private turn: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly tasks: ChangedTasks, private readonly welcome: StillWelcome) {}

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
  add(caller: UserCaller, response: ServerResponse, lastEventId: string | undefined): void {
    const subscriber = { caller, response };
    this.open.add(subscriber);
    response.once('close', () => this.open.delete(subscriber));
    send(response, 'hello', {}, this.eventId());
    if (lastEventId !== undefined && lastEventId !== '') this.replay(subscriber, lastEventId);
  }

  /** @param ids row ids of tasks that have changed */
  changed(ids: string[]): void {
    this.recent = [...this.recent, ...ids.map((id) => ({ number: (this.number += 1), id }))].slice(-REMEMBERED);
    if (this.open.size === 0) return;
    this.later(async () => {
      for (const task of await this.tasks.load(ids)) this.tell(this.open, task);
    });
  }

  /** Something was missed: every page asks again for what it shows. */
  reset(): void {
    for (const { response } of this.open) send(response, 'reset', {}, this.eventId());
  }

  private replay(subscriber: Subscriber, lastEventId: string): void {
    const [epoch, number] = lastEventId.split('-');
    const since = Number(number);
    const isKnown = epoch === this.epoch && Number.isInteger(since) && (this.recent.length === 0 || since >= (this.recent[0]?.number ?? 0) - 1);
    if (!isKnown) return send(subscriber.response, 'reset', {}, this.eventId());
    const missed = [...new Set(this.recent.filter((change) => change.number > since).map(({ id }) => id))];
    this.later(async () => {
      for (const task of await this.tasks.load(missed)) this.tell([subscriber], task);
    });
  }

  /** The text of an event is made once for those who may change the task and once for those who may only look. */
  private tell(subscribers: Iterable<Subscriber>, task: ChangedTask): void {
    const texts = new Map<boolean, string>();
    for (const { caller, response } of subscribers) {
      if (!task.isVisibleTo(caller)) continue;
      const mayChange = task.isChangeableBy(caller);
      const text = texts.get(mayChange) ?? event('task', task.present(caller), this.eventId());
      texts.set(mayChange, text);
      write(response, text);
    }
  }

  /** Keeps events in the order of the changes, and this instance alive when the database is not. */
  private later(work: () => Promise<void>): void {
    this.turn = this.turn.then(work).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'a live update could not be read');
      this.reset();
    });
  }

  private async ping(): Promise<void> {
    const gone = await this.welcome.not([...this.open].map(({ caller }) => caller)).catch(() => new Set<UserCaller>());
    for (const { caller, response } of this.open) {
      if (gone.has(caller)) response.end();
      else write(response, ':\n\n');
    }
  }

  private eventId(): string {
    return `${this.epoch}-${this.number}`;
  }
}

function send(response: ServerResponse, name: string, data: object, id: string): void {
  write(response, event(name, data, id));
}

function event(name: string, data: object, id: string): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function write(response: ServerResponse, text: string): void {
  if (response.writableLength > BACKLOG_BYTES) response.destroy();
  else response.write(text);
}
