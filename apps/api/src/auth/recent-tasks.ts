import type { CalledTask } from './caller.js';

const REMEMBERED_MS = 5000;
const REMEMBERED = 10_000;

/**
 * Which task a token belongs to, for a few seconds after it was last looked up. Only that: whether the task still runs is for the
 * statement to say that acts on it, so a token that has ended since gains nothing by being remembered.
 */
export class RecentTasks {
  /** Hash of the token → its task and when by the monotonic clock; oldest first. */
  private readonly tasks = new Map<string, { task: CalledTask; at: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  find(tokenHash: Buffer): CalledTask | null {
    const key = tokenHash.toString('latin1');
    const found = this.tasks.get(key);
    if (found === undefined) return null;
    if (this.now() - found.at < REMEMBERED_MS) return found.task;
    this.tasks.delete(key);
    return null;
  }

  remember(tokenHash: Buffer, task: CalledTask): void {
    const key = tokenHash.toString('latin1');
    this.tasks.delete(key);
    this.tasks.set(key, { task, at: this.now() });
    const [oldest] = this.tasks.keys();
    if (this.tasks.size > REMEMBERED && oldest !== undefined) this.tasks.delete(oldest);
  }
}
