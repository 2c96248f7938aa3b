import { Connection, type Answer } from './connection.js';

/** How a load went. Latencies are milliseconds from the first byte sent to the last byte received, failures not included. */
export interface LoadResult {
  /** Requests that were sent, those while warming up included. */
  sent: number;
  /** Requests that were answered as expected after the warm-up. */
  done: number;
  /** Requests that were answered otherwise, by status; `0`: the connection broke. */
  failures: Record<string, number>;
  perSecond: number;
  latency: Percentiles;
}

export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

export interface Load {
  port: number;
  clients: number;
  seconds: number;
  /** The next request of a client; `turn` counts from 0 for each client. */
  next: (client: number, turn: number) => Buffer;
  /** Whether the answer is the one that counts; by default any 2xx. */
  accept?: (answer: Answer, client: number) => boolean;
}

/**
 * Closed loop: every client sends its next request when the last one is answered, so that a slow server is asked less often
 * and never builds a queue that no real client would have built. The first tenth of the time is for warming up and not counted.
 */
export async function closedLoop({ port, clients, seconds, next, accept = isSuccess }: Load): Promise<LoadResult> {
  const connections = await Promise.all(Array.from({ length: clients }, () => Connection.open(port)));
  const latencies: number[] = [];
  const failures: Record<string, number> = {};
  let total = 0;
  const begin = performance.now();
  const [countFrom, end] = [begin + seconds * 100, begin + seconds * 1100];
  await Promise.all(
    connections.map(async (opened, client) => {
      let connection = opened;
      for (let turn = 0; performance.now() < end; turn += 1) {
        const request = next(client, turn);
        const sent = performance.now();
        total += 1;
        try {
          const answer = await connection.send(request);
          const counts = sent >= countFrom;
          if (!accept(answer, client)) failures[answer.status] = (failures[answer.status] ?? 0) + 1;
          else if (counts) latencies.push(performance.now() - sent);
        } catch {
          failures[0] = (failures[0] ?? 0) + 1;
          connection = await Connection.open(port);
        }
      }
      connection.close();
    }),
  );
  const measured = (performance.now() - countFrom) / 1000;
  return { sent: total, done: latencies.length, failures, perSecond: latencies.length / measured, latency: percentiles(latencies) };
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** Nearest-rank percentiles of `values`, which is sorted in place; zeros when there are none. */
export function percentiles(values: number[]): Percentiles {
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
