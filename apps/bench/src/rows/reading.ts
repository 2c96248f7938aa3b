import type { Bench, Row } from '../bench.js';
import { Connection, requestBytes } from '../connection.js';
import type { Figure } from '../figure.js';
import { withClient } from '../postgres.js';
import { withCost } from './cost.js';
import { ask, latency } from './list.js';
import { lost } from './lost.js';

/** P6: one task with all that belongs to it, and ten side by side. */
export const detailAndCompare: Row = async (bench) => {
  const ids = await someTasks(bench, 200);
  let turn = 0;
  const figures = await latency(
    'P6',
    'task detail',
    bench,
    () => requestBytes('GET', `/train-tasks/${ids[turn++ % ids.length]}`, bench),
    10,
  );
  const path = `/train-tasks/compare?${ids
    .slice(0, 10)
    .map((id) => `ids=${id}`)
    .join('&')}`;
  if (!(await answers(bench, path))) return figures;
  const { load: compare, cost: compareCost } = await withCost('P6', 'compare of 10', bench, () =>
    ask(bench, () => requestBytes('GET', path, bench), 1),
  );
  return [
    ...figures,
    { row: 'P6', name: 'compare of 10 p95', value: compare.latency.p95, unit: 'ms', better: 'lower', must: 60 },
    ...compareCost,
    lost('P6', 'compare failed', compare),
  ];
};

const ANALYTICS: Record<string, string> = {
  overview: 'overview',
  'success rate by rank': 'success-rate?by=loraRank',
  'by rank and rate': 'success-rate?by=loraRank,learningRate',
  convergence: 'convergence?by=loraRank',
  durations: 'durations?by=loraRank',
  failures: 'failures',
  cost: 'cost?by=user',
  importance: 'importance?objective=finalLoss',
  recommendations: 'recommendations?modelName=sd15&objective=finalLoss',
};

/** P7: statistics over everything. Each question is asked a little differently every time, so that no answer is one that was remembered. */
export const analytics: Row = async (bench) => {
  const figures: Figure[] = [];
  let turn = 0;
  for (const [name, path] of Object.entries(ANALYTICS)) {
    if (!(await answers(bench, `/analytics/${path}`))) continue;
    const anew = (): Buffer =>
      requestBytes('GET', `/analytics/${path}${path.includes('?') ? '&' : '?'}loraRankMax=${1e6 + (turn += 1)}`, bench);
    const { load, cost } = await withCost('P7', name, bench, () => ask(bench, anew, 1));
    figures.push({ row: 'P7', name: `${name} p95`, value: load.latency.p95, unit: 'ms', better: 'lower', must: 250 }, ...cost);
    if (Object.keys(load.failures).length > 0) figures.push(lost('P7', `${name} failed`, load));
  }
  const again = await ask(bench, () => requestBytes('GET', '/analytics/overview', bench), 1);
  figures.push({ row: 'P7', name: 'overview again, nothing changed, p95', value: again.latency.p95, unit: 'ms', better: 'lower' });
  return figures;
};

async function answers({ api, token }: Bench, path: string): Promise<boolean> {
  const connection = await Connection.open(api.port);
  try {
    return (await connection.send(requestBytes('GET', path, { token }))).status === 200;
  } finally {
    connection.close();
  }
}

async function someTasks({ databaseUrl }: Bench, count: number): Promise<string[]> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ taskId: string }>(
      `SELECT task_id AS "taskId" FROM train_task WHERE deleted_at IS NULL AND status = 'SUCCESS' AND name NOT LIKE 'curve of %' ORDER BY md5(id::text) LIMIT $1`,
      [count],
    );
    return rows.map(({ taskId }) => taskId);
  });
}
