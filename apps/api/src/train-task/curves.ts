import { Injectable } from '@nestjs/common';
import type { Metrics, MetricSeries, MetricsQuery } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import { CurveStretches, type CurveSummary } from './curve-stretches.js';
import { downsample } from './downsample.js';

/** Of a task. */
interface OwnCurve extends CurveSummary {
  id: string;
}

interface PointRow {
  /** Of the task. */
  id: string;
  key: string;
  step: number;
  value: number;
  epoch: number | null;
  /** Milliseconds since 1970. */
  at: number;
}

const DEFAULT_POINTS = 1000;
const MAX_KEYS = 50;
/** Up to so many points a curve is read whole. */
const SHORT = 16_000;
/** Points that one statement brings, about 30 MB of rows. */
const AT_ONCE = 8 * SHORT;
/** As numbers: making a Date of each time would cost more than reading the row. */
const POINT = 'train_task_id AS id, key, step::float8 AS step, value, epoch, (extract(epoch FROM at) * 1000)::float8 AS at';

/** The curves of a task as columns, thinned to what a screen can show. */
@Injectable()
export class Curves {
  private readonly stretches: CurveStretches;

  constructor(private readonly database: DataSource) {
    this.stretches = new CurveStretches(database);
  }

  async of(id: string, query: MetricsQuery): Promise<Metrics> {
    return (await this.ofAll([id], query)).get(id) ?? { series: [] };
  }

  /** Curves of several tasks, by the id of the task. However many they are, short ones are read together; only a long curve costs statements of its own. */
  async ofAll(
    ids: readonly string[],
    { keys, maxPoints = DEFAULT_POINTS, from = 0, to = Number.MAX_SAFE_INTEGER }: MetricsQuery,
  ): Promise<Map<string, Metrics>> {
    if (ids.length === 0) return new Map();
    const curves: OwnCurve[] = await this.database.query(
      `SELECT t.id, s.* FROM unnest($1::bigint[]) AS t (id), LATERAL (
         SELECT key, first_step::float8 AS "firstStep", last_step::float8 AS "lastStep", count::float8 AS points
         FROM metric_summary WHERE train_task_id = t.id AND ($2::text[] IS NULL OR key = ANY($2)) ORDER BY key LIMIT $3
       ) s ORDER BY t.id, s.key`,
      [ids, keys?.length ? keys : null, MAX_KEYS],
    );
    const found = new Map<string, MetricSeries>();
    // Each batch is thinned before the next is read: memory holds one, however much is asked for.
    for (const batch of batchesOf(curves.filter(({ points }) => points <= SHORT))) {
      const points = await this.points(batch, from, to);
      for (const curve of batch) found.set(nameOf(curve), toSeries(curve.key, points.get(nameOf(curve)) ?? [], maxPoints));
    }
    const long = groupBy(
      curves.filter(({ points }) => points > SHORT),
      ({ id }) => id,
    );
    await Promise.all(
      [...long.values()].map(async (ofTask) => {
        for (const curve of ofTask) found.set(nameOf(curve), await this.longCurve(curve, from, to, maxPoints));
      }),
    );
    const own = groupBy(curves, ({ id }) => id);
    return new Map(ids.map((id) => [id, { series: (own.get(id) ?? []).flatMap((curve) => found.get(nameOf(curve)) ?? []) }]));
  }

  /** @returns points in the order of steps, by the name of their curve. Sorted by the key of the table, one curve after the other: together they would be sorted once more. */
  private async points(curves: readonly OwnCurve[], from: number, to: number): Promise<Map<string, PointRow[]>> {
    const rows: PointRow[] = await this.database.query(
      `SELECT p.* FROM unnest($1::bigint[], $2::text[]) AS c (id, key), LATERAL (
         SELECT ${POINT} FROM metric_point WHERE train_task_id = c.id AND key = c.key AND step >= $3 AND step <= $4 ORDER BY step
       ) p`,
      [curves.map(({ id }) => id), curves.map(({ key }) => key), from, to],
    );
    return groupBy(rows, nameOf);
  }

  private async longCurve(curve: OwnCurve, from: number, to: number, maxPoints: number): Promise<MetricSeries> {
    const { id, key } = curve;
    const found = await this.stretches.between(id, curve, from, to, maxPoints);
    if (found === null) return toSeries(key, (await this.points([curve], from, to)).get(nameOf(curve)) ?? [], maxPoints);
    const steps = downsample(
      found.candidates.map(({ value }) => value),
      maxPoints,
    ).flatMap((index) => found.candidates[index]?.step ?? []);
    const rows: PointRow[] = await this.database.query(
      `SELECT ${POINT} FROM metric_point WHERE train_task_id = $1 AND key = $2 AND step = ANY($3::bigint[]) ORDER BY step`,
      [id, key, steps],
    );
    return { ...columns(key, rows), total: found.total };
  }
}

/** Whole curves, together as many points as are read at once. */
function batchesOf(curves: readonly OwnCurve[]): OwnCurve[][] {
  const batches: OwnCurve[][] = [];
  let room = 0;
  for (const curve of curves) {
    if (batches.length === 0 || curve.points > room) {
      batches.push([]);
      room = AT_ONCE;
    }
    batches.at(-1)?.push(curve);
    room -= curve.points;
  }
  return batches;
}

/** Ids are digits: the first space ends one. */
function nameOf({ id, key }: { id: string; key: string }): string {
  return `${id} ${key}`;
}

function groupBy<Item>(items: readonly Item[], groupOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = groupOf(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

function toSeries(key: string, rows: PointRow[], maxPoints: number): MetricSeries {
  const kept = downsample(
    rows.map((row) => row.value),
    maxPoints,
  ).flatMap((index) => rows[index] ?? []);
  return { ...columns(key, kept), total: rows.length };
}

function columns(key: string, rows: readonly PointRow[]): Omit<MetricSeries, 'total'> {
  return {
    key,
    steps: rows.map((row) => row.step),
    values: rows.map((row) => (Number.isFinite(row.value) ? row.value : String(row.value))),
    epochs: rows.map((row) => row.epoch),
    times: rows.map((row) => row.at),
  };
}
