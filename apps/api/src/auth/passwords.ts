import { availableParallelism } from 'node:os';
import { hash, verify, type Options } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { Problem } from '../problem.js';
import { randomSecret } from './secrets.js';

/** OWASP's first choice for argon2id (the default algorithm of the library): 19 MiB, two passes, one lane. */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashing runs in libuv's thread pool, which files and DNS share: one core stays free for everybody else. */
const AT_ONCE = Math.max(1, Math.min(3, availableParallelism() - 1));
const WAITING_MAX = 20;

/**
 * Hashes and checks passwords, a few at a time; a flood of sign-ins is turned away instead of queued without end.
 * While others wait, every place rests as long as it worked: guessing never takes more than half a core per place from everybody else.
 */
@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy: Promise<string> | undefined;

  /** @throws Problem RATE_LIMITED when too many wait already */
  async hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password.normalize('NFKC'), COST));
  }

  /**
   * Takes the same time whether or not there is a hash to compare with, so that names cannot be told apart by duration.
   * @throws Problem RATE_LIMITED when too many wait already
   */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const compared = passwordHash ?? (await (this.decoy ??= hash(randomSecret(), COST)));
    const right = await this.inTurn(() => verify(compared, password.normalize('NFKC')));
    return right && passwordHash !== null;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= WAITING_MAX)
        throw new Problem('RATE_LIMITED', 'Too many people are signing in at this moment. Try again in a second.', {
          retryAfterSeconds: 1,
        });
      // Whoever finishes hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    const began = performance.now();
    try {
      return await work();
    } finally {
      if (this.waiting.length === 0) this.handOver();
      else setTimeout(() => this.handOver(), performance.now() - began);
    }
  }

  private handOver(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.running -= 1;
    else next();
  }
}
