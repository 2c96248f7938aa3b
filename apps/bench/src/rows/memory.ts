import type { Row } from '../bench.js';
import { closedLoop } from '../closed-loop.js';
import { withClient } from '../postgres.js';
import { startTasks } from '../seed/people.js';
import { progressRequest, reportSmall } from './progress.js';

const MEGABYTE = 1024 * 1024;

/** P8: memory while small and large reports come in at once. The idle figure is taken where the API has just started. */
export const memory: Row = async (bench) => {
  if (bench.api.memory() === null) return 'this system does not tell the memory of a process';
  const tasks = await withClient(bench.databaseUrl, (client) => startTasks(client, bench.adminId, 22));
  const [small, large] = [tasks.slice(0, 20), tasks.slice(20)];
  const samples: number[] = [];
  const sampling = setInterval(() => samples.push((bench.api.memory() ?? 0) / MEGABYTE), 200);
  const seconds = bench.seconds * 2;
  await Promise.all([
    reportSmall(bench, small, seconds),
    closedLoop({
      port: bench.api.port,
      clients: large.length,
      seconds,
      next: (client, turn) => progressRequest(large[client], turn, 10_000),
    }),
  ]);
  clearInterval(sampling);
  return [
    { row: 'P8', name: 'memory under load, highest', value: Math.max(...samples), unit: 'MB', better: 'lower', must: 400 },
    { row: 'P8', name: 'last third ÷ middle third', value: mean(samples, 2) / mean(samples, 1), unit: '×', better: 'lower', must: 1.15 },
  ];
};

/** Mean of the n-th third. */
function mean(samples: readonly number[], third: number): number {
  const part = samples.slice(Math.floor((samples.length * third) / 3), Math.floor((samples.length * (third + 1)) / 3));
  return part.reduce((sum, sample) => sum + sample, 0) / Math.max(1, part.length);
}
