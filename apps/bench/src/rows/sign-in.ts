import type { Bench, Row } from '../bench.js';
import { closedLoop } from '../closed-loop.js';
import { Connection, requestBytes } from '../connection.js';
import type { Figure } from '../figure.js';
import { withClient } from '../postgres.js';

const ATTEMPTS_PER_SECOND = 50;
const FORGET_EVERY_MS = 400;

/** S4: guessing passwords must not slow anybody else down. A page asks who is signed in while somebody guesses, 50 times a second. */
export const signIn: Row = async (bench) => {
  const quiet = await whoAmI(bench);
  const guesser = new Guesser(bench);
  await guesser.start();
  const loaded = await whoAmI(bench);
  const { hashed, turnedAway } = await guesser.stop();
  return [
    { row: 'S4', name: 'who am I, quiet, p95', value: quiet, unit: 'ms', better: 'lower' },
    { row: 'S4', name: 'who am I, 50 guesses/s, p95', value: loaded, unit: 'ms', better: 'lower', must: 20 },
    { row: 'S4', name: 'guesses checked', value: hashed / bench.seconds, unit: '/s', better: 'higher' },
    { row: 'S4', name: 'guesses turned away', value: turnedAway / bench.seconds, unit: '/s', better: 'lower' },
  ] satisfies Figure[];
};

async function whoAmI({ api, token, seconds }: Bench): Promise<number> {
  const request = requestBytes('GET', '/auth/me', { token });
  const { latency } = await closedLoop({ port: api.port, clients: 1, seconds, next: () => request });
  return latency.p95;
}

/**
 * Guesses at a steady pace whether or not answers come. The throttle would turn nearly all of them away after a second,
 * which is cheap; so its memory is cleared all the time, and every guess costs the server a hash or a place in the queue.
 */
class Guesser {
  private readonly statuses: number[] = [];
  private readonly idle: Connection[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly pending = new Set<Promise<void>>();

  constructor(private readonly bench: Bench) {}

  async start(): Promise<void> {
    this.idle.push(...(await Promise.all(Array.from({ length: ATTEMPTS_PER_SECOND }, () => Connection.open(this.bench.api.port)))));
    this.timers.push(setInterval(() => this.guess(), 1000 / ATTEMPTS_PER_SECOND));
    this.timers.push(
      setInterval(
        () => this.follow(withClient(this.bench.databaseUrl, async (client) => void (await client.query('DELETE FROM sign_in_failure')))),
        FORGET_EVERY_MS,
      ),
    );
  }

  async stop(): Promise<{ hashed: number; turnedAway: number }> {
    this.timers.forEach(clearInterval);
    await Promise.all(this.pending);
    for (const connection of this.idle) connection.close();
    const count = (status: number): number => this.statuses.filter((one) => one === status).length;
    return { hashed: count(401), turnedAway: count(429) };
  }

  private guess(): void {
    const connection = this.idle.pop();
    if (connection === undefined) return;
    const body = JSON.stringify({ username: `nobody${this.statuses.length}`, password: 'surely not the password' });
    this.follow(
      connection.send(requestBytes('POST', '/auth/login', { body })).then(({ status }) => {
        this.statuses.push(status);
        this.idle.push(connection);
      }),
    );
  }

  private follow(work: Promise<void>): void {
    const followed = work.finally(() => this.pending.delete(followed));
    this.pending.add(followed);
  }
}
