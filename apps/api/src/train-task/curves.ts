import { Injectable } from '@nestjs/common';
import type { Metrics, MetricSeries, MetricsQuery } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import { downsample } from './downsample.js';

interface PointRow {
  key: string;
  step: string;
  value: number;
  epoch: number | null;
  at: Date;
}

const DEFAULT_POINTS = 1000;
const MAX_KEYS = 50;

/** The curves of a task as columns, thinned to what a screen can show. */
@Injectable()
export class Curves {
  constructor(private readonly database: DataSource) {}

  async of(id: string, { keys, maxPoints, from, to }: MetricsQuery): Promise<Metrics> {
    const wanted: { key: string }[] = await this.database.query(
      'SELECT key FROM metric_summary WHERE train_task_id = $1 AND ($2::text[] IS NULL OR key = ANY($2)) ORDER BY key LIMIT $3', [id, keys?.length ? keys : null, MAX_KEYS],
    );
    if (wanted.length === 0) return { series: [] };
    const rows: PointRow[] = await this.database.query(
      `SELECT key, step, value, epoch, at FROM metric_point
       WHERE train_task_id = $1 AND key = ANY($2) AND step >= $3 AND step <= $4 ORDER BY key, step`,
      [id, wanted.map(({ key }) => key), from ?? 0, to ?? Number.MAX_SAFE_INTEGER],
    );
    const byKey = groupByKey(rows);
    return { series: wanted.map(({ key }) => toSeries(key, byKey.get(key) ?? [], maxPoints ?? DEFAULT_POINTS)) };
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
  return {
    key,
    steps: kept.map((row) => Number(row.step)),
    values: kept.map((row) => (Number.isFinite(row.value) ? row.value : String(row.value))),
    epochs: kept.map((row) => row.epoch),
    times: kept.map((row) => row.at.getTime()),
    total: rows.length,
  };
}
