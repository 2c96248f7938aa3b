import { Problem } from '../problem.js';

interface Waiting<Job, Outcome> {
  job: Job;
  weight: number;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

export interface GroupCommitOptions<Job, Outcome> {
  /** Writes all jobs in one transaction. @returns an outcome per job, in their order */
  write: (jobs: readonly Job[]) => Promise<readonly Outcome[]>;
  /** What a job counts towards the bounds, for example its rows. */
  weigh: (job: Job) => number;
  /** A group takes jobs until it weighs this much; one job always fits. */
  groupWeight: number;
  /** More than this may not wait: memory stays bounded when the database is slower than the callers. */
  waitingWeight: number;
  /** Whether it was a job's own content that could not be written, so that the others of its group may be tried without it. */
  isOfOneJob: (error: unknown) => boolean;
  /** Groups that are written at the same time. */
  writers: number;
}

/**
 * Writes what arrives while a transaction is under way together in the next one: under load many callers share one commit, and a
 * single caller waits for nobody. Each caller is answered only when its own rows are durable.
 */
export class GroupCommit<Job, Outcome> {
  private waiting: Waiting<Job, Outcome>[] = [];
  private weight = 0;
  private writing = 0;

  constructor(private readonly options: GroupCommitOptions<Job, Outcome>) {}

  /** @throws Problem RATE_LIMITED when too much waits already, and whatever writing this job throws */
  add(job: Job): Promise<Outcome> {
    const weight = this.options.weigh(job);
    if (this.waiting.length > 0 && this.weight + weight > this.options.waitingWeight) {
      return Promise.reject(
        new Problem('RATE_LIMITED', 'Requests arrive faster than they can be stored. Send this one again in a moment.', {
          retryAfterSeconds: 1,
        }),
      );
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, weight, resolve, reject });
      this.weight += weight;
      // Requests that were read from the network in the same turn get into the same group.
      if (this.waiting.length === 1) setImmediate(() => this.next());
    });
  }

  private next(): void {
    if (this.waiting.length === 0 || this.writing >= this.options.writers) return;
    const group = this.takeGroup();
    this.writing += 1;
    void this.write(group).finally(() => {
      this.writing -= 1;
      this.next();
    });
    this.next();
  }

  private takeGroup(): Waiting<Job, Outcome>[] {
    let [count, weight] = [0, 0];
    for (const one of this.waiting) {
      if (count > 0 && weight + one.weight > this.options.groupWeight) break;
      count += 1;
      weight += one.weight;
    }
    const group = this.waiting.slice(0, count);
    this.waiting = this.waiting.slice(count);
    this.weight -= weight;
    return group;
  }

  private async write(group: Waiting<Job, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.options.write(group.map(({ job }) => job));
      group.forEach(({ resolve, reject }, index) => {
        const outcome = outcomes[index];
        if (outcome === undefined) reject(new Error('a job was written without an outcome'));
        else resolve(outcome);
      });
    } catch (error) {
      if (group.length > 1 && this.options.isOfOneJob(error)) for (const one of group) await this.write([one]);
      else for (const { reject } of group) reject(error);
    }
  }
}
