import type { Bench } from './bench.js';
import { Connection } from './connection.js';

/** Not counted: caches fill and code gets compiled. */
const WARM_UP = 50;
const TURNS = 200;

type Asked = [bench: Pick<Bench, 'api'>, request: Buffer];

/**
 * Two requests asked turn by turn, so that both see the same machine.
 * @returns the median of each, ms
 */
export async function inTurns(...pair: [Asked, Asked]): Promise<[number, number]> {
  const one = await askedOf(pair[0]);
  const other = await askedOf(pair[1]);
  for (let turn = 0; turn < WARM_UP + TURNS; turn += 1) {
    await one.ask();
    await other.ask();
  }
  return [one.median(), other.median()];
}

async function askedOf([{ api }, request]: Asked): Promise<{ ask(): Promise<void>; median(): number }> {
  const connection = await Connection.open(api.port);
  const times: number[] = [];
  return {
    async ask() {
      const sent = performance.now();
      const { status } = await connection.send(request);
      if (status !== 200) throw new Error(`the API answered ${status} instead of 200`);
      times.push(performance.now() - sent);
    },
    median() {
      connection.close();
      return times.slice(WARM_UP).sort((a, b) => a - b)[TURNS / 2] ?? 0;
    },
  };
}
