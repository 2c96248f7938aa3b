import type { Bench, Row } from '../bench.js';
import { closedLoop, type LoadResult } from '../closed-loop.js';
import { requestBytes } from '../connection.js';
import { withClient } from '../postgres.js';
import { startTasks, type RunningTask } from '../seed/people.js';
import { withCost } from './cost.js';
import { lost } from './lost.js';

const CLIENTS = 20;

/** P2: 20 trainers that report 10 points at a time. */
export const progressSmall: Row = async (bench) => {
  const tasks = await withClient(bench.databaseUrl, (client) => startTasks(client, bench.adminId, CLIENTS));
  const { load, cost } = await withCost('P2', 'report of 10 points', bench, () => reportSmall(bench, tasks, bench.seconds));
  const unstored = await missing(bench, tasks, load, 10);
  return [
    { row: 'P2', name: 'progress of 10 points', value: load.perSecond, unit: 'requests/s', better: 'higher', must: 5000 },
    { row: 'P2', name: 'p95', value: load.latency.p95, unit: 'ms', better: 'lower', must: 15 },
    ...cost,
    lost('P2', 'refused or lost', load),
    { row: 'P2', name: 'answered but not stored', value: unstored, unit: 'points', better: 'lower', must: 0 },
  ];
};

/** One metric, ten steps: what a trainer sends that reports every few seconds. */
export function reportSmall(bench: Pick<Bench, 'api'>, tasks: readonly RunningTask[], seconds: number): Promise<LoadResult> {
  return closedLoop({
    port: bench.api.port,
    clients: tasks.length,
    seconds,
    next: (client, turn) => progressRequest(tasks[client], turn, 10),
  });
}

/** P3: 4 trainers that catch up, 10 000 points at a time. */
export const progressLarge: Row = async (bench) => {
  const tasks = await withClient(bench.databaseUrl, (client) => startTasks(client, bench.adminId, 4));
  const { load, cost } = await withCost('P3', 'report of 10 000 points', bench, () =>
    closedLoop({
      port: bench.api.port,
      clients: tasks.length,
      seconds: bench.seconds,
      next: (client, turn) => progressRequest(tasks[client], turn, 10_000),
    }),
  );
  const unstored = await missing(bench, tasks, load, 10_000);
  const points = load.perSecond * 10_000;
  const ratio = points / bench.yardsticks.copiedPerSecond;
  return [
    { row: 'P3', name: 'progress of 10 000 points', value: points, unit: 'points/s', better: 'higher', must: 200_000 },
    { row: 'P3', name: '÷ COPY', value: ratio, unit: '×', better: 'higher', must: 0.6 },
    { row: 'P3', name: 'p95', value: load.latency.p95, unit: 'ms', better: 'lower' },
    ...cost,
    lost('P3', 'refused or lost', load),
    { row: 'P3', name: 'answered but not stored', value: unstored, unit: 'points', better: 'lower', must: 0 },
  ];
};

/** Reports of one size, made once: making the text of ten thousand points anew each time would load the machine more than storing them. */
const templates = new Map<number, Buffer>();
/** Steps have as many digits as this in every report. */
const FIRST_STEP = 1_000_000_000;
const STEP_DIGITS = String(FIRST_STEP).length;

export function progressRequest(task: RunningTask | undefined, turn: number, count: number): Buffer {
  let template = templates.get(count);
  if (template === undefined) templates.set(count, (template = templateOf(count)));
  const head = requestBytes('POST', `/train-tasks/${task?.taskId}/progress`, {
    token: task?.token ?? '',
    headers: `Content-Type: application/json\r\nContent-Length: ${template.length}\r\n`,
  });
  const request = Buffer.concat([head, template]);
  let at = head.length;
  for (let index = 0; index < count; index += 1) {
    at = request.indexOf('"step":', at) + '"step":'.length;
    let step = FIRST_STEP + turn * count + index + 1;
    for (let digit = at + STEP_DIGITS - 1; digit >= at; digit -= 1) {
      request[digit] = 48 + (step % 10);
      step = Math.floor(step / 10);
    }
  }
  return request;
}

function templateOf(count: number): Buffer {
  const points = Array.from(
    { length: count },
    (_one, index) => `{"key":"loss","step":${FIRST_STEP},"epoch":${(index / 1000).toFixed(3)},"value":${(1 / (index + 1)).toFixed(6)}}`,
  );
  return Buffer.from(`{"points":[${points.join(',')}]}`);
}

/** Points of answered reports that are not in the table, or that the summary does not count. Reports while warming up are stored too, so only a lack counts. */
async function missing({ databaseUrl }: Bench, tasks: readonly RunningTask[], { done }: LoadResult, each: number): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const {
      rows: [sums],
    } = await client.query<{ stored: string; summed: string }>(
      `WITH task AS (SELECT id FROM train_task WHERE task_id = ANY($1::uuid[]))
       SELECT (SELECT count(*) FROM metric_point p JOIN task ON p.train_task_id = task.id) AS stored,
         (SELECT coalesce(sum(count), 0) FROM metric_summary s JOIN task ON s.train_task_id = task.id) AS summed`,
      [tasks.map(({ taskId }) => taskId)],
    );
    const [stored, summed] = [Number(sums?.stored ?? 0), Number(sums?.summed ?? 0)];
    return Math.max(0, done * each - stored) + Math.abs(stored - summed);
  });
}
