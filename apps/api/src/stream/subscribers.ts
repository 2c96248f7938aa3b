import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CallerLookup } from '../auth/caller-lookup.js';
import { audienceOf, Audiences, type Subscriber } from './audiences.js';
import { ChangedTasks } from './changed-tasks.js';
import { pauseBetween } from './pace.js';
import { RecentChanges } from './recent-changes.js';
import { event, Telling, type Changes } from './telling.js';

/** What a slow reader may have waiting before it is sent away to come back and catch up. */
const BACKLOG_BYTES = 1024 * 1024;
const PING_MS = 20_000;
/** Streams that are written to before requests have their turn again. */
const WRITTEN_AT_ONCE = 50;

/** The open live streams of this instance. What has changed is gathered, read once, and told to all whom it concerns. */
@Injectable()
export class Subscribers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Subscribers.name);
  private readonly open = new Audiences();
  private readonly recent = new RecentChanges();
  private waiting = nothing();
  /** Number of the last change that was told. */
  private told = 0;
  /** When the last telling ended; `null` while one is under way. */
  private toldAt: number | null = 0;
  private next: { at: number; timer: NodeJS.Timeout } | undefined;
  private turn: Promise<void> = Promise.resolve();
  private pings: NodeJS.Timeout | undefined;
  private changes = 0;

  constructor(
    private readonly tasks: ChangedTasks,
    private readonly lookup: CallerLookup,
  ) {}

  onApplicationBootstrap(): void {
    this.pings = setInterval(() => void this.ping(), PING_MS);
    this.pings.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.pings);
    clearTimeout(this.next?.timer);
    for (const { response } of this.everyone()) response.end();
  }

  get count(): number {
    return this.open.count;
  }

  /** Grows whenever tasks or people have changed anywhere, after the change was committed; not with progress. */
  get heard(): number {
    return this.changes;
  }

  /** @param lastEventId where a page that comes back had got to */
  add(subscriber: Subscriber, lastEventId: string | undefined): void {
    const { response } = subscriber;
    response.once('close', () => this.open.delete(subscriber));
    if (lastEventId) return this.later(() => this.resume(subscriber, lastEventId));
    this.open.add(subscriber);
    write(response, event('hello', '{}', this.recent.eventId(this.told)));
  }

  /** @param ids row ids of tasks that are new or have changed in any way */
  changed(ids: readonly string[]): void {
    this.changes += 1;
    for (const id of ids) this.waiting.whole.add(id);
    this.tellInTime();
  }

  /** @param ids row ids of tasks of which only their progress has changed */
  progressed(ids: readonly string[]): void {
    for (const id of ids) this.waiting.progress.add(id);
    this.tellInTime();
  }

  /** Something was missed: every page asks again for what it shows. */
  reset(): void {
    this.changes += 1;
    this.later(async () => this.resetAll());
  }

  /** Keeps connections from being taken for dead, and ends those whose ground has gone: a stream stays open for hours, the right to it need not. */
  async ping(): Promise<void> {
    const asked = new Map<string, Promise<boolean>>();
    for (const subscriber of this.everyone()) {
      const { kind, secret } = subscriber.credential;
      const answer = asked.get(`${kind} ${secret}`) ?? this.isWelcome(subscriber);
      asked.set(`${kind} ${secret}`, answer);
      if (await answer) write(subscriber.response, ':\n\n');
      else subscriber.response.end();
    }
  }

  /** Something about a person's right to listen has changed: their streams are looked at now. @param userId snowflake */
  async check(userId: string): Promise<void> {
    this.changes += 1;
    for (const subscriber of this.everyone()) {
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

  private everyone(): Subscriber[] {
    return this.open.all().flatMap(({ subscribers }) => subscribers);
  }

  /** Tells what waits as soon as the pace allows; progress comes along when something more urgent is told. */
  private tellInTime(): void {
    const { whole, progress } = this.waiting;
    if (this.toldAt === null || whole.size + progress.size === 0) return;
    const at = this.toldAt + pauseBetween(this.open.count, whole.size === 0);
    if (this.next !== undefined && this.next.at <= at) return;
    clearTimeout(this.next?.timer);
    const tell = (): void => {
      this.next = undefined;
      this.toldAt = null;
      this.later(() => this.tellWaiting());
    };
    this.next = { at, timer: setTimeout(tell, Math.max(0, at - performance.now())) };
  }

  private async tellWaiting(): Promise<void> {
    const { whole, progress } = this.waiting;
    this.waiting = nothing();
    for (const id of whole) progress.delete(id);
    // Numbered only now: what still waits must not lie before what a page has heard already.
    for (const id of [...whole, ...progress]) this.recent.add(id);
    const last = this.recent.last;
    try {
      if (this.open.count > 0) await this.tell(await this.read({ whole, progress }), this.recent.eventId(last));
      this.told = last;
    } finally {
      this.toldAt = performance.now();
      this.tellInTime();
    }
  }

  private async read({ whole, progress }: Changes<Iterable<string>>) {
    const [read, readInPart] = await Promise.all([this.tasks.whole([...whole]), this.tasks.progress([...progress])]);
    return { whole: read, progress: readInPart };
  }

  /** Joins the others only afterwards: a newer event before an older one would make the older one lost if the connection broke in between. */
  private async resume(subscriber: Subscriber, lastEventId: string): Promise<void> {
    try {
      write(subscriber.response, event('hello', '{}'));
      // Judged only now: while it waited for its turn, what was known of the past may have been given up.
      const since = this.recent.numberIn(lastEventId);
      if (since === null) return write(subscriber.response, event('reset', '{}', this.recent.eventId(this.told)));
      const missed = this.recent.between(since, this.told).keys();
      const name = audienceOf(subscriber.caller);
      const bytes = new Telling([name], await this.read({ whole: missed, progress: [] }), this.recent.eventId(this.told)).bytesFor(name);
      if (bytes !== null) write(subscriber.response, bytes);
    } finally {
      if (!subscriber.response.destroyed) this.open.add(subscriber);
    }
  }

  private async tell(changes: Awaited<ReturnType<Subscribers['read']>>, eventId: string): Promise<void> {
    const audiences = this.open.all();
    const telling = new Telling(
      audiences.map(({ name }) => name),
      changes,
      eventId,
    );
    let written = 0;
    for (const { name, subscribers } of audiences) {
      const bytes = telling.bytesFor(name);
      if (bytes === null) continue;
      for (const { response } of subscribers) {
        write(response, bytes);
        written += 1;
        if (written % WRITTEN_AT_ONCE === 0) await setImmediate();
      }
    }
  }

  private resetAll(): void {
    this.told = this.recent.gap();
    for (const { response } of this.everyone()) write(response, event('reset', '{}', this.recent.eventId(this.told)));
  }

  /** Keeps events in the order of the changes, and this instance alive when the database is not. */
  private later(work: () => Promise<void>): void {
    this.turn = this.turn.then(work).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'a live update could not be read');
      this.resetAll();
    });
  }
}

function nothing(): Changes<Set<string>> {
  return { whole: new Set(), progress: new Set() };
}

/** A reader who does not keep up is sent away rather than waited for: coming back, it is told how things stand then. */
function write(response: ServerResponse, text: string | Buffer): void {
  if (response.destroyed || response.writableEnded) return;
  if (response.writableLength > BACKLOG_BYTES) response.destroy();
  else response.write(text);
}
