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

  /** Curves of several tasks, by the id of the task. However many they are, all that is read whole is read at once; only a long curve costs statements of its own. */
  async ofAll(ids: readonly string[], { keys, maxPoints = DEFAULT_POINTS, from = 0, to = Number.MAX_SAFE_INTEGER }: MetricsQuery): Promise<Map<string, Metrics>> {
    const curves: OwnCurve[] = await this.database.query(
      `SELECT t.id, s.* FROM unnest($1::bigint[]) AS t (id), LATERAL (
         SELECT key, first_step::float8 AS "firstStep", last_step::float8 AS "lastStep", count::float8 AS points
         FROM metric_summary WHERE train_task_id = t.id AND ($2::text[] IS NULL OR key = ANY($2)) ORDER BY key LIMIT $3
       ) s ORDER BY t.id, s.key`, [ids, keys?.length ? keys : null, MAX_KEYS],
    );
    const short = await this.shortCurves(curves.filter(({ points }) => points <= SHORT), from, to);
    const own = groupBy(curves, ({ id }) => id);
    return new Map(await Promise.all(ids.map(async (id): Promise<[string, Metrics]> => {
      const series: MetricSeries[] = [];
      for (const curve of own.get(id) ?? []) {
        series.push(curve.points <= SHORT ? toSeries(curve.key, short.get(nameOf(curve)) ?? [], maxPoints) : await this.longCurve(curve, from, to, maxPoints));
      }
      return [id, { series }];
    })));
  }

  /** @returns points in the order of steps, by the name of their curve */
  private async shortCurves(curves: readonly OwnCurve[], from: number, to: number): Promise<Map<string, PointRow[]>> {
    if (curves.length === 0) return new Map();
    const rows: PointRow[] = await this.database.query(
      `SELECT ${POINT} FROM metric_point WHERE train_task_id = ANY($1::bigint[]) AND key = ANY($2) AND step >= $3 AND step <= $4
         AND (train_task_id, key) IN (SELECT * FROM unnest($5::bigint[], $6::text[])) ORDER BY train_task_id, key, step`,
      [distinct(curves.map(({ id }) => id)), distinct(curves.map(({ key }) => key)), from, to, curves.map(({ id }) => id), curves.map(({ key }) => key)],
    );
    return groupBy(rows, nameOf);
  }

  private async longCurve(curve: OwnCurve, from: number, to: number, maxPoints: number): Promise<MetricSeries> {
    const { id, key } = curve;
    const found = await this.stretches.between(id, curve, from, to, maxPoints);
    if (found === null) return toSeries(key, (await this.shortCurves([curve], from, to)).get(nameOf(curve)) ?? [], maxPoints);
    const steps = downsample(found.candidates.map(({ value }) => value), maxPoints).flatMap((index) => found.candidates[index]?.step ?? []);
    const rows: PointRow[] = await this.database.query(`SELECT ${POINT} FROM metric_point WHERE train_task_id = $1 AND key = $2 AND step = ANY($3::bigint[]) ORDER BY step`, [id, key, steps]);
    return { ...columns(key, rows), total: found.total };
  }
}

/** Ids are digits: the first space ends one. */
function nameOf({ id, key }: { id: string; key: string }): string {
  return `${id} ${key}`;
}

function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

function toSeries(key: string, rows: PointRow[], maxPoints: number): MetricSeries {
  const kept = downsample(rows.map((row) => row.value), maxPoints).flatMap((index) => rows[index] ?? []);
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
