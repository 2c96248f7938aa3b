import { Injectable } from '@nestjs/common';
import {
  MEDIAN_OF,
  type Overview as Answer,
  type OverviewQuery,
  type Period,
  type SeriesPoint,
  type Totals,
  type TrainTaskFilter,
} from '@lora-ledger/contracts';
import { histogramQuantile, successRate, type LogHistogram, type TaskStatus } from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';
import { Answers } from './answers.js';
import { basis } from './basis.js';
import { bucketOf } from './histograms.js';
import { Snapshot, type Read } from './snapshot.js';
import { newestTasks, selectTasks } from '../query/task-source.js';
import { bucketsBetween, bucketStart, chooseBucket, dayOrigin } from './time-buckets.js';

interface Counts {
  status: TaskStatus;
  n: number;
  seconds: number;
  cost: number | null;
}

/** How many, how well, how long and how dear: now, over time, and against the period before. */
@Injectable()
export class Overviews {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly answers: Answers,
  ) {}

  async of(query: OverviewQuery, caller: UserCaller): Promise<Answer> {
    return this.answers.to(['overview', query], caller, () => this.snapshot.read((read) => this.compute(read, query, caller)));
  }

  private async compute(read: Read, { bucket, utcOffset = 0, ...filter }: OverviewQuery, caller: UserCaller): Promise<Answer> {
    const days = await this.countsByDay(read, filter, caller, utcOffset);
    const [first, last] = [
      days.reduce((least, { day }) => Math.min(least, day.getTime()), Infinity),
      days.reduce((most, { day }) => Math.max(most, day.getTime()), -Infinity),
    ];
    const from = filter.createdFrom == null ? first : Date.parse(filter.createdFrom);
    const to = filter.createdTo == null ? (filter.createdFrom == null ? last : Date.now()) : Date.parse(filter.createdTo) - 1;
    const width = chooseBucket(from, to, bucket);
    return {
      basis: basis(days.reduce((sum, { n }) => sum + n, 0)),
      totals: totalsOf(days, await this.medianSeconds(read, filter, caller)),
      bucket: width,
      series:
        Number.isFinite(from) && Number.isFinite(to)
          ? bucketsBetween(from, to, width, utcOffset).map(seriesPoint(days, width, utcOffset))
          : [],
      previous: await this.previous(read, filter, caller),
    };
  }

  private async countsByDay(
    read: Read,
    filter: TrainTaskFilter,
    caller: UserCaller,
    utcOffset: number,
  ): Promise<(Counts & { day: Date })[]> {
    const { from, where } = selectTasks(filter, caller);
    const origin = where.bind(dayOrigin(utcOffset), 'timestamptz');
    return read(
      `SELECT date_bin('1 day', t.created_at, ${origin}) AS day, t.status, ${FIGURES} FROM ${from} ${where.sql} GROUP BY 1, 2`,
      where.parameters,
    );
  }

  private async previous(read: Read, filter: TrainTaskFilter, caller: UserCaller): Promise<Period | null> {
    if (filter.createdFrom == null) return null;
    const from = Date.parse(filter.createdFrom);
    const length = (filter.createdTo == null ? Date.now() : Date.parse(filter.createdTo)) - from;
    if (length <= 0) return null;
    const earlier = (time: string): string => new Date(Date.parse(time) - length).toISOString();
    const period = { from: earlier(filter.createdFrom), to: new Date(from).toISOString() };
    const before = {
      ...filter,
      createdFrom: period.from,
      createdTo: period.to,
      ...(filter.startedFrom == null ? {} : { startedFrom: earlier(filter.startedFrom) }),
      ...(filter.startedTo == null ? {} : { startedTo: earlier(filter.startedTo) }),
    };
    const source = selectTasks(before, caller);
    const counts = await read<Counts>(
      `SELECT t.status, ${FIGURES} FROM ${source.from} ${source.where.sql} GROUP BY 1`,
      source.where.parameters,
    );
    return { ...period, ...totalsOf(counts, await this.medianSeconds(read, before, caller)) };
  }

  private async medianSeconds(read: Read, filter: TrainTaskFilter, caller: UserCaller): Promise<number | null> {
    const source = selectTasks(filter, caller);
    source.where.and(`t.status = 'SUCCESS' AND t.lasted IS NOT NULL`);
    const histogram: LogHistogram = await read(
      `SELECT avg(t.lasted) AS mean, count(*)::integer AS count FROM ${newestTasks(source, 't.lasted', MEDIAN_OF)} t GROUP BY ${bucketOf('t.lasted')}`,
      source.where.parameters,
    );
    return histogramQuantile(histogram, 0.5);
  }
}

const FIGURES = `count(*)::integer AS n, coalesce(sum(t.gpu_seconds), 0) AS seconds, sum(t.cost) AS cost`;

function totalsOf(counts: readonly Counts[], medianSeconds: number | null): Totals {
  const states = statesOf(counts);
  return { ...states, successRate: successRate(states.success, states.failed), medianSeconds, ...spent(counts) };
}

function seriesPoint(
  days: readonly (Counts & { day: Date })[],
  bucket: Answer['bucket'],
  utcOffset: number,
): (from: number) => SeriesPoint {
  const held = new Map<number, Counts[]>();
  for (const day of days) {
    const start = bucketStart(day.day.getTime(), bucket, utcOffset);
    held.set(start, [...(held.get(start) ?? []), day]);
  }
  return (from) => ({ from: new Date(from).toISOString(), ...statesOf(held.get(from) ?? []), ...spent(held.get(from) ?? []) });
}

function statesOf(counts: readonly Counts[]): Pick<Totals, 'all' | 'pending' | 'running' | 'success' | 'failed' | 'cancelled'> {
  const of = (status?: TaskStatus): number =>
    counts.reduce((sum, one) => sum + (status === undefined || one.status === status ? one.n : 0), 0);
  return {
    all: of(),
    pending: of('PENDING'),
    running: of('RUNNING'),
    success: of('SUCCESS'),
    failed: of('FAILED'),
    cancelled: of('CANCELLED'),
  };
}

function spent(counts: readonly Counts[]): Pick<Totals, 'gpuHours' | 'cost'> {
  const priced = counts.flatMap(({ cost }) => cost ?? []);
  return {
    gpuHours: counts.reduce((sum, { seconds }) => sum + seconds, 0) / 3600,
    cost: priced.length === 0 ? null : priced.reduce((sum, cost) => sum + cost, 0),
  };
}
