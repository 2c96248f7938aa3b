import type { Bench } from '../bench.js';
import type { LoadResult } from '../closed-loop.js';
import type { Figure } from '../figure.js';

/** A load, and what each of its requests cost the processor: API and PostgreSQL together, in units of one insert by PostgreSQL alone. */
export interface Costed {
  load: LoadResult;
  cost: Figure[];
}

export async function withCost(
  row: string,
  name: string,
  { api, postgres, yardsticks }: Bench,
  run: () => Promise<LoadResult>,
): Promise<Costed> {
  const before = [api.processorTime(), postgres.processorTime()];
  const load = await run();
  const [apiTime, postgresTime] = [api.processorTime(), postgres.processorTime()].map((after, index) => {
    const start = before[index];
    return after === null || start == null ? null : (after - start) / load.sent;
  });
  if (apiTime == null || postgresTime == null || load.sent === 0) return { load, cost: [] };
  const ratio = yardsticks.insertProcessorMs === null ? {} : { ratio: (apiTime + postgresTime) / yardsticks.insertProcessorMs };
  const shares = `${name}, processor time (API ${apiTime.toPrecision(2)} + PostgreSQL ${postgresTime.toPrecision(2)})`;
  return {
    load,
    cost: [{ row, name: `${name}, cost`, detail: shares, value: apiTime + postgresTime, unit: 'ms', better: 'lower', ...ratio }],
  };
}
