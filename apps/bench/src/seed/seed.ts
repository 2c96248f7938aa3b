import { Client } from 'pg';
import { withClient } from '../postgres.js';
import { Random } from '../random.js';
import { aTask, type SeededTask } from './a-task.js';
import { CopyText } from './copy.js';
import { curvesOf, type Curve } from './curves.js';
import { withoutIndexes } from './indexes.js';
import { seedPeople } from './people.js';
import { PointCopy } from './point-copy.js';
import { EVENT_COLUMNS, eventRows, SUMMARY_COLUMNS, summaryRow, TASK_COLUMNS, taskRow, type Summary } from './rows.js';

export interface Amount {
  tasks: number;
  /** Points in all; the curves of single tasks differ widely. */
  points: number;
  /** Lengths of curves to add at the end, one task each, named by {@link longCurveName}. */
  longCurves?: readonly number[];
}

export interface Seeded {
  tasks: number;
  points: number;
  seconds: number;
}

const SPAN_DAYS = 540;
const EPOCH_MS = Date.UTC(2025, 0, 1);
/** The last node: the product leases from the first. */
const NODE = 1023n << 12n;

export const longCurveName = (points: number): string => `curve of ${points} points`;

/**
 * Fills a database that has the schema and an admin, but no tasks yet. Rows go in by COPY, the same ones in every run.
 *
 * @throws Error when there are tasks already
 */
export async function seed(
  url: string,
  { tasks, points, longCurves = [] }: Amount,
  progress: (done: number) => void = () => undefined,
): Promise<Seeded> {
  const begin = performance.now();
  const written = await withClient(url, async (client) => {
    const { rowCount } = await client.query('SELECT FROM train_task LIMIT 1');
    if (rowCount !== 0) throw new Error('this database has tasks already: seed an empty one');
    const people = await seedPeople(client);
    const random = new Random(20_250_101);
    const now = Date.now();
    await makePartitions(client, now);
    return withoutIndexes(client, ['train_task', 'task_event'], () =>
      withWriters(url, async (writers) => {
        let before: SeededTask | undefined;
        let written = 0;
        for (let index = 0; index < tasks; index += 1) {
          const createdAt = now - SPAN_DAYS * 86_400_000 * (1 - Math.sqrt(index / tasks));
          const task = aTask(random, people, idAt(createdAt, index), Math.floor(createdAt), before);
          written += await writers.write(task, curvesOf(random, task, lognormal(random, points / tasks)));
          before = task;
          if (index % 10_000 === 0) progress(index);
        }
        for (const [index, length] of longCurves.entries()) {
          const task: SeededTask = {
            ...aTask(random, people, idAt(now, index), now, undefined),
            name: longCurveName(length),
            status: 'SUCCESS',
            failureReason: null,
            error: null,
            startedAt: now,
            endedAt: now + length * 100,
            deletedAt: null,
          };
          const [curve] = curvesOf(random, task, length);
          written += await writers.write(task, curve === undefined ? [] : [{ ...curve, key: 'loss', points: length, stride: 1 }]);
        }
        return written;
      }),
    );
  });
  await withClient(url, async (client) => {
    await client.query('VACUUM (ANALYZE)');
  });
  return { tasks: tasks + longCurves.length, points: written, seconds: (performance.now() - begin) / 1000 };
}

function idAt(time: number, index: number): bigint {
  return (BigInt(Math.floor(time) - EPOCH_MS) << 22n) | NODE | BigInt(index & 0xfff);
}

/** Log-normal with this mean: most runs are short, few are very long. */
function lognormal(random: Random, mean: number): number {
  return Math.round(mean * Math.exp(random.normal() - 0.5));
}

/** History lies in the partitions it would lie in had it been reported. */
async function makePartitions(client: Client, now: number): Promise<void> {
  await client.query(
    `SELECT add_metric_partition(month::date) FROM generate_series(to_timestamp($1), to_timestamp($2), '1 month') AS month`,
    [(now - (SPAN_DAYS + 31) * 86_400_000) / 1000, now / 1000],
  );
}

interface Writers {
  /** @returns points written */
  write(task: SeededTask, curves: Curve[]): Promise<number>;
}

/** One connection per table, because a COPY has its connection to itself. */
async function withWriters<T>(url: string, work: (writers: Writers) => Promise<T>): Promise<T> {
  const clients = Array.from({ length: 4 }, () => new Client({ connectionString: url }));
  const [one, two, three, four] = clients;
  if (one === undefined || two === undefined || three === undefined || four === undefined) throw new Error('unreachable');
  try {
    await Promise.all(
      clients.map(async (client) => {
        await client.connect();
        // Foreign keys hold by construction; checking them row by row would take longer than writing. Tasks alone keep their triggers: facts come with them.
        if (client !== one) await client.query(`SET session_replication_role = replica`);
      }),
    );
    const copies = {
      tasks: CopyText.into(one, 'train_task', TASK_COLUMNS),
      events: CopyText.into(two, 'task_event', EVENT_COLUMNS),
      summaries: CopyText.into(three, 'metric_summary', SUMMARY_COLUMNS),
      points: PointCopy.into(four),
    };
    const result = await work({
      async write(task, curves) {
        let [written, loss]: [number, Summary | undefined] = [0, undefined];
        for (const curve of curves) {
          const summary = await writeCurve(copies.points, task.id, curve);
          await copies.summaries.row(summaryRow(task.id, curve, summary));
          if (curve.key === 'loss') loss = summary;
          written += curve.points;
        }
        await copies.tasks.row(taskRow(task, loss));
        for (const row of eventRows(task)) await copies.events.row(row);
        return written;
      },
    });
    for (const copy of Object.values(copies)) await copy.end();
    return result;
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

async function writeCurve(copy: PointCopy, id: bigint, curve: Curve): Promise<Summary> {
  const { key, points, stride, firstAt, msPerPoint, epochPerPoint } = curve;
  copy.curve(id, key);
  const summary: Summary = { first: NaN, last: NaN, min: Infinity, max: -Infinity };
  for (let index = 0; index < points; index += 1) {
    const now = curve.value(index);
    if (index === 0) summary.first = now;
    summary.last = now;
    if (now < summary.min) summary.min = now;
    if (now > summary.max) summary.max = now;
    if (copy.point((index + 1) * stride, now, firstAt + index * msPerPoint, index * epochPerPoint)) await copy.drain();
  }
  return summary;
}
