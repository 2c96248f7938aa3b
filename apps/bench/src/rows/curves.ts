import type { Bench, Row } from '../bench.js';
import { Connection, requestBytes } from '../connection.js';
import type { Figure } from '../figure.js';
import { withClient } from '../postgres.js';
import { longCurveName } from '../seed/seed.js';
import { withCost } from './cost.js';
import { ask } from './list.js';
import { lost } from './lost.js';

/** P5: long curves thinned to what a screen shows. One person looks, as people do. */
export const curves: Row = async (bench) => [
  ...(await curve(bench, 100_000, 60)),
  ...(bench.isSmoke ? [] : await curve(bench, 1_000_000, 250)),
];

async function curve(bench: Bench, points: number, must: number): Promise<Figure[]> {
  const taskId = await taskNamed(bench, longCurveName(points));
  if (taskId === null) return [];
  const request = requestBytes('GET', `/train-tasks/${taskId}/metrics?maxPoints=1000`, { token: bench.token });
  const connection = await Connection.open(bench.api.port);
  const sent = performance.now();
  await connection.send(request);
  const first = performance.now() - sent;
  connection.close();
  const { load, cost } = await withCost('P5', `${points} points`, bench, () => ask(bench, () => request, 1));
  return [
    { row: 'P5', name: `${points} points, first look`, value: first, unit: 'ms', better: 'lower' },
    { row: 'P5', name: `${points} points p95`, value: load.latency.p95, unit: 'ms', better: 'lower', must },
    ...cost,
    lost('P5', `${points} points failed`, load),
  ];
}

export async function taskNamed({ databaseUrl }: Pick<Bench, 'databaseUrl'>, name: string): Promise<string | null> {
  return withClient(databaseUrl, async (client) => {
    const {
      rows: [row],
    } = await client.query<{ taskId: string }>('SELECT task_id AS "taskId" FROM train_task WHERE name = $1', [name]);
    return row?.taskId ?? null;
  });
}
