import type { Bench } from '../bench.js';
import type { LoadResult } from '../closed-loop.js';
import type { Figure } from '../figure.js';

/** Runs a load and says what each request cost the API's processor: the figure that stays the same while the machine does other work too. */
export async function withProcessorTime(row: string, { api, yardsticks }: Bench, load: () => Promise<LoadResult>): Promise<{ load: LoadResult; cost: Figure[] }> {
  const before = api.processorTime();
  const result = await load();
  const after = api.processorTime();
  if (before === null || after === null || result.sent === 0) return { load: result, cost: [] };
  const value = (after - before) / result.sent;
  return { load: result, cost: [{ row, name: 'processor time of the API', value, unit: 'ms/request', better: 'lower', ratio: value / yardsticks.roundTripMs }] };
}
