import { Injectable } from '@nestjs/common';
import type { Metrics, MetricSeries, MetricsQuery } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import { CurveStretches, type CurveSummary } from './curve-stretches.js';
import { downsample } from './downsample.js';

interface PointRow {
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
const POINT = 'key, step::float8 AS step, value, epoch, (extract(epoch FROM at) * 1000)::float8 AS at';

/** The curves of a task as columns, thinned to what a screen can show. */
@Injectable()
export class Curves {
  private readonly stretches: CurveStretches;

  constructor(private readonly database: DataSource) {
    this.stretches = new CurveStretches(database);
  }

  async of(id: string, { keys, maxPoints = DEFAULT_POINTS, from = 0, to = Number.MAX_SAFE_INTEGER }: MetricsQuery): Promise<Metrics> {
    const wanted: CurveSummary[] = await this.database.query(
      `SELECT key, first_step::float8 AS "firstStep", last_step::float8 AS "lastStep", count::float8 AS points
       FROM metric_summary WHERE train_task_id = $1 AND ($2::text[] IS NULL OR key = ANY($2)) ORDER BY key LIMIT $3`, [id, keys?.length ? keys : null, MAX_KEYS],
    );
    const short = await this.shortCurves(id, wanted.filter(({ points }) => points <= SHORT), from, to);
    const series: MetricSeries[] = [];
    for (const curve of wanted) {
      series.push(curve.points <= SHORT ? toSeries(curve.key, short.get(curve.key) ?? [], maxPoints) : await this.longCurve(id, curve, from, to, maxPoints));
    }
    return { series };
  }

  private async shortCurves(id: string, curves: CurveSummary[], from: number, to: number): Promise<Map<string, PointRow[]>> {
    if (curves.length === 0) return new Map();
    const rows: PointRow[] = await this.database.query(
      `SELECT ${POINT} FROM metric_point WHERE train_task_id = $1 AND key = ANY($2) AND step >= $3 AND step <= $4 ORDER BY key, step`,
      [id, curves.map(({ key }) => key), from, to],
    );
    return groupByKey(rows);
  }

  private async longCurve(id: string, curve: CurveSummary, from: number, to: number, maxPoints: number): Promise<MetricSeries> {
    const found = await this.stretches.between(id, curve, from, to, maxPoints);
    if (found === null) return toSeries(curve.key, (await this.shortCurves(id, [curve], from, to)).get(curve.key) ?? [], maxPoints);
    const steps = downsample(found.candidates.map(({ value }) => value), maxPoints).flatMap((index) => found.candidates[index]?.step ?? []);
    const rows: PointRow[] = await this.database.query(`SELECT ${POINT} FROM metric_point WHERE train_task_id = $1 AND key = $2 AND step = ANY($3::bigint[]) ORDER BY step`, [id, curve.key, steps]);
    return { ...columns(curve.key, rows), total: found.total };
  }
}

function groupByKey(rows: PointRow[]): Map<string, PointRow[]> {
  const groups = new Map<string, PointRow[]>();
  for (const row of rows) {
    const group = groups.get(row.key);
    if (group === undefined) groups.set(row.key, [row]);
    else group.push(row);
  }
  return groups;
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
