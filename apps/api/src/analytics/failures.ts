import { Injectable } from '@nestjs/common';
import type { Failures as Answer, FailureQuery, ReasonCount, TrainTaskFilter } from '@lora-ledger/contracts';
import type { FailureReason } from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';
import { Answers } from './answers.js';
import { basis } from './basis.js';
import { ErrorGroups } from './error-groups.js';
import { Snapshot, type Read } from './snapshot.js';
import { Suspects } from './suspects.js';
import { selectTasks } from '../query/task-source.js';
import { bucketsBetween, bucketStart, chooseBucket, dayOrigin } from './time-buckets.js';

interface DayRow {
  day: Date;
  reason: FailureReason;
  count: number;
}

/** Why trainings fail: reasons over time, the errors behind them, and the company they keep. */
@Injectable()
export class Failures {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly answers: Answers,
    private readonly errors: ErrorGroups,
    private readonly suspects: Suspects,
  ) {}

  async of(query: FailureQuery, caller: UserCaller): Promise<Answer> {
    return this.answers.to(['failures', query], caller, () => this.snapshot.read((read) => this.compute(read, query, caller)));
  }

  private async compute(read: Read, { bucket, utcOffset = 0, ...filter }: FailureQuery, caller: UserCaller): Promise<Answer> {
    const newest = await this.errors.newest(read, filter, caller);
    // While PostgreSQL counts them all, the errors of the newest are read here.
    const [days, errors] = await Promise.all([this.reasonsByDay(read, filter, caller, utcOffset), this.errors.group(newest)]);
    const times = days.map(({ day }) => day.getTime());
    const [from, to] = [times.reduce((a, b) => Math.min(a, b), Infinity), times.reduce((a, b) => Math.max(a, b), -Infinity)];
    const width = chooseBucket(from, to, bucket);
    return {
      basis: basis(days.reduce((sum, { count }) => sum + count, 0)),
      reasons: reasonCounts(days),
      bucket: width,
      series:
        days.length === 0
          ? []
          : bucketsBetween(from, to, width, utcOffset).map((start) => ({
              from: new Date(start).toISOString(),
              counts: Object.fromEntries(
                reasonCounts(days.filter(({ day }) => bucketStart(day.getTime(), width, utcOffset) === start)).map(({ reason, count }) => [
                  reason,
                  count,
                ]),
              ),
            })),
      ...errors,
      ...(await this.suspects.of(read, filter, caller)),
    };
  }

  private async reasonsByDay(read: Read, filter: TrainTaskFilter, caller: UserCaller, utcOffset: number): Promise<DayRow[]> {
    const { from, where } = selectTasks(filter, caller);
    where.and(`t.status = 'FAILED'`);
    return read(
      `SELECT date_bin('1 day', t.created_at, ${where.bind(dayOrigin(utcOffset), 'timestamptz')}) AS day, coalesce(t.failure_reason, 'UNKNOWN') AS reason, count(*)::integer AS count
       FROM ${from} ${where.sql} GROUP BY 1, 2`,
      where.parameters,
    );
  }
}

function reasonCounts(rows: readonly DayRow[]): ReasonCount[] {
  const counts = new Map<FailureReason, number>();
  for (const { reason, count } of rows) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
