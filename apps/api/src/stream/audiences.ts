import type { ServerResponse } from 'node:http';
import type { UserCaller } from '../auth/caller.js';
import type { Credential } from '../auth/credential.js';

export interface Subscriber {
  caller: UserCaller;
  /** What let the caller in. */
  credential: Credential;
  response: ServerResponse;
}

/** Who may hear of a task: its owner, its readers (`0` means everyone), and admins. */
export interface Hearable {
  owner: string;
  readers: ReadonlySet<string>;
}

/** What an audience hears: the place of a task among those that have changed, and whether the audience may change it. */
export interface Heard {
  index: number;
  mayChange: boolean;
}

const ADMINS = 'admins';
const EVERYONE = '0';

/** The open streams by who hears the same: admins are one audience, everybody else is one of their own, in however many tabs. */
export class Audiences {
  private readonly streams = new Map<string, Set<Subscriber>>();

  add(subscriber: Subscriber): void {
    const name = audienceOf(subscriber.caller);
    const audience = this.streams.get(name) ?? new Set();
    this.streams.set(name, audience.add(subscriber));
  }

  delete(subscriber: Subscriber): void {
    const name = audienceOf(subscriber.caller);
    const audience = this.streams.get(name);
    audience?.delete(subscriber);
    if (audience?.size === 0) this.streams.delete(name);
  }

  get count(): number {
    let count = 0;
    for (const audience of this.streams.values()) count += audience.size;
    return count;
  }

  /** The streams as of now, by name of their audience. */
  all(): { name: string; subscribers: Subscriber[] }[] {
    return [...this.streams].map(([name, subscribers]) => ({ name, subscribers: [...subscribers] }));
  }
}

export function audienceOf({ role, userId }: UserCaller): string {
  return role === 'admin' ? ADMINS : userId;
}

/** @returns what each of these audiences hears of the tasks, in their order; asked of each task, because most tasks concern few */
export function heardBy(names: readonly string[], tasks: readonly Hearable[]): Map<string, Heard[]> {
  const heard = new Map(names.map((name) => [name, [] as Heard[]]));
  tasks.forEach(({ owner, readers }, index) => {
    const hear = (name: string): void => void heard.get(name)?.push({ index, mayChange: name === ADMINS || name === owner });
    for (const name of readers.has(EVERYONE) ? names : new Set([ADMINS, owner, ...readers])) hear(name);
  });
  return heard;
}
