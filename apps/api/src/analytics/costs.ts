import { Injectable } from '@nestjs/common';
import type { CostQuery, CostRow, Costs as Answer, TrainTaskFilter } from '@lora-ledger/contracts';
import type { UserCaller } from '../auth/caller.js';
import { Answers } from './answers.js';
import { basis } from './basis.js';
import { Snapshot, type Read } from './snapshot.js';
import { selectTasks } from '../query/task-source.js';
import { dayOrigin } from './time-buckets.js';
import { usernames } from './usernames.js';

interface Row {
  key: string | Date;
  tasks: number;
  seconds: number;
  failed: number;
  cost: number | null;
}

const WEEK = 7 * 86_400_000;
const MOST_ROWS = 1000;

/** What was spent, and on what. Tasks that never started count as well and cost nothing, so that the list behind a row has as many. */
@Injectable()
export class Costs {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly answers: Answers,
  ) {}

  async of(query: CostQuery, caller: UserCaller): Promise<Answer> {
    return this.answers.to(['cost', query], caller, () => this.snapshot.read((read) => this.compute(read, query, caller)));
  }

  private async compute(read: Read, { by = 'user', utcOffset = 0, ...filter }: CostQuery, caller: UserCaller): Promise<Answer> {
    const { from, where } = selectTasks(filter, caller);
    const key = {
      user: () => 't.create_user',
      model: () => 't.model_name',
      week: () => `date_bin('7 days', t.created_at, ${where.bind(dayOrigin(utcOffset), 'timestamptz')})`,
    }[by]();
    const rows = await read<Row>(
      `SELECT ${key} AS key, count(*)::integer AS tasks, coalesce(sum(t.gpu_seconds), 0) AS seconds,
         coalesce(sum(t.gpu_seconds) FILTER (WHERE t.status = 'FAILED'), 0) AS failed, sum(t.cost) AS cost
       FROM ${from} ${where.sql} GROUP BY 1`,
      where.parameters,
    );
    const users = await usernames(read, by === 'user' ? rows.map((row) => String(row.key)) : []);
    const ordered =
      by === 'week'
        ? rows.sort((a, b) => Number(a.key) - Number(b.key)).slice(-MOST_ROWS)
        : rows.sort((a, b) => b.seconds - a.seconds).slice(0, MOST_ROWS);
    const total = rows.reduce(
      (sum, row) => ({
        key: '',
        tasks: sum.tasks + row.tasks,
        seconds: sum.seconds + row.seconds,
        failed: sum.failed + row.failed,
        cost: row.cost === null ? sum.cost : (sum.cost ?? 0) + row.cost,
      }),
      { key: '', tasks: 0, seconds: 0, failed: 0, cost: null as number | null },
    );
    return {
      basis: basis(total.tasks),
      by,
      rows: ordered.map((row) => present(row, ...naming(row.key, by, users, filter))),
      total: present(total, 'total', {}),
    };
  }
}

function naming(
  key: string | Date,
  by: Answer['by'],
  users: ReadonlyMap<string, string>,
  filter: TrainTaskFilter,
): [string, CostRow['filter']] {
  if (by === 'model') return [String(key), { modelName: String(key) }];
  if (by === 'user') {
    const name = users.get(String(key)) ?? String(key);
    return [name, { user: name }];
  }
  const start = Number(key);
  const from = new Date(filter.createdFrom == null ? start : Math.max(start, Date.parse(filter.createdFrom))).toISOString();
  const to = new Date(filter.createdTo == null ? start + WEEK : Math.min(start + WEEK, Date.parse(filter.createdTo))).toISOString();
  return [new Date(start).toISOString(), { createdFrom: from, createdTo: to }];
}

function present({ tasks, seconds, failed, cost }: Row, key: string, filter: CostRow['filter']): CostRow {
  return { key, tasks, gpuHours: seconds / 3600, cost, failedGpuHours: failed / 3600, filter };
}
