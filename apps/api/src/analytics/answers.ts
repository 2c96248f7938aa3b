import { Injectable } from '@nestjs/common';
import type { Basis, TrainTaskFilter } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import type { UserCaller } from '../auth/caller.js';
import { Subscribers } from '../stream/subscribers.js';

interface Remembered {
  version: string;
  /** By the monotonic clock, milliseconds. */
  at: number;
  answer: Promise<object>;
  /** Tasks it took; known when it is there. */
  tasks: number;
}

const REMEMBERED = 300;
/** Answers also depend on the time of day (the month of a budget, the end of a series). */
const MOST_AGE_MS = 60_000;
/** Where many tasks are counted, one more does not show: such an answer may be this old; `asOf` says so. */
const LARGE = 50_000;
const LARGE_AGE_MS = 10_000;

/**
 * Answers that still hold are given again. They hold while no task has changed, which the counter of `task_fact` tells, and are kept apart
 * by who asks: a member's by the member, admins' together, since all admins see the same. Two who ask at once wait for one computation.
 */
@Injectable()
export class Answers {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly database: DataSource,
    private readonly live: Subscribers,
  ) {}

  /** @param question name of the endpoint and everything the answer depends on beside the caller */
  async to<Answer extends { basis: Basis } | { basedOn: Basis }>(
    question: readonly [name: string, query: TrainTaskFilter],
    caller: UserCaller,
    compute: () => Promise<Answer>,
  ): Promise<Answer> {
    const key = JSON.stringify([whose(caller, question[1].scope), ...question]);
    const version = await this.version();
    const known = this.remembered.get(key);
    if (known !== undefined && isGood(known, version)) return known.answer as Promise<Answer>;
    const fresh: Remembered = { version, at: performance.now(), answer: compute(), tasks: 0 };
    this.keep(key, fresh);
    try {
      const answer = (await fresh.answer) as Answer;
      fresh.tasks = ('basis' in answer ? answer.basis : answer.basedOn).tasks;
      return answer;
    } catch (error) {
      if (this.remembered.get(key) === fresh) this.remembered.delete(key);
      throw error;
    }
  }

  /**
   * Changes with every task that is made, moved, trashed or restored, and with every share. The counter is ahead of its transaction: who asks
   * between the two gets an answer without the change, which must not stand for what comes after. So what is heard once it is committed counts too.
   */
  private async version(): Promise<string> {
    const [row]: { version: string }[] = await this.database.query('SELECT last_value::text AS version FROM task_fact_version');
    return `${row?.version} ${this.live.heard}`;
  }

  private keep(key: string, answer: Remembered): void {
    this.remembered.delete(key);
    this.remembered.set(key, answer);
    const [oldest] = this.remembered.keys();
    if (this.remembered.size > REMEMBERED && oldest !== undefined) this.remembered.delete(oldest);
  }
}

function whose(caller: UserCaller, scope: TrainTaskFilter['scope']): string {
  return caller.role === 'admin' && (scope ?? 'all') === 'all' ? 'admins' : `${caller.role} ${caller.userId}`;
}

function isGood({ version, at, tasks }: Remembered, now: string): boolean {
  const age = performance.now() - at;
  return age < (version === now ? MOST_AGE_MS : tasks >= LARGE ? LARGE_AGE_MS : 0);
}
