import { Injectable } from '@nestjs/common';
import type { Convergence as Answer, ConvergenceGroup, ConvergenceQuery } from '@lora-ledger/contracts';
import {
  alignCurve,
  bandOf,
  hasDiverged,
  isLoss,
  LOSS_KEYS,
  relativeGrid,
  stepsToTarget,
  type AlignedCurve,
  type FailureReason,
  type TaskStatus,
} from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';
import { Answers } from './answers.js';
import { basis } from './basis.js';
import { dimension, needsExtra, type Dimension } from './dimensions.js';
import { groupsOf, type Group, type RawGroup } from './groups.js';
import { Snapshot, type Read } from './snapshot.js';
import { GROUPABLE, newestTasks, selectTasks, type TaskSource } from '../query/task-source.js';
import { usernames } from './usernames.js';

interface Run {
  id: string;
  taskId: string;
  key: RawGroup['key'];
  value: number | null;
  status: TaskStatus;
  reason: FailureReason | null;
  metric: string;
  first: number;
  last: number;
  lastStep: string;
  totalSteps: string | null;
  /** Of how many it was drawn, or more than are drawn where so many are there. */
  seen: number;
  /** Whether a value may have more runs with the metric than were looked for. */
  isShort: boolean;
}

/** Runs are drawn from this many of the newest, so that the cost does not grow with the ledger. */
const DRAWN_FROM = 20_000;
/** Rare values are drawn as often as frequent ones, up to this. */
const PER_VALUE = 40;
/** Of each value so many are looked at at first. */
const LOOKED_AT = 2 * PER_VALUE;
const MOST_RUNS = 240;
const CELLS = 32;
const GRID = relativeGrid(CELLS);
const LINKS = 20;

/** How a metric falls over the run, by the value of a parameter. */
@Injectable()
export class Convergences {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly answers: Answers,
  ) {}

  async of(query: ConvergenceQuery, caller: UserCaller): Promise<Answer> {
    return this.answers.to(['convergence', query], caller, () => this.snapshot.read((read) => this.compute(read, query, caller)));
  }

  private async compute(
    read: Read,
    { by = 'learningRate', metric = 'loss', target, ...filter }: ConvergenceQuery,
    caller: UserCaller,
  ): Promise<Answer> {
    const source = selectTasks(filter, caller, needsExtra([by]));
    source.where.and(`t.status IN ('SUCCESS', 'FAILED') AND t.start_time IS NOT NULL`);
    const one = dimension(source.where, by);
    const drawn = await draw(read, source, one, metric);
    const aligned = drawn.filter((run) => stepsOf(run) !== null);
    const curves = new Map((await this.curves(read, aligned)).map((curve, index) => [aligned[index], curve]));
    const users = await usernames(read, by === 'user' ? drawn.map(({ key }) => key) : []);
    const grouping = groupsOf(
      one,
      drawn.map(({ key, value }) => ({ key, min: value, max: value, n: 1 })),
      users,
    );
    const groups = new Map<string, { group: Group; runs: Run[] }>();
    for (const run of drawn) {
      const group = grouping.of(run);
      if (group === undefined) continue;
      const held = groups.get(group.id) ?? { group, runs: [] };
      held.runs.push(run);
      groups.set(group.id, held);
    }
    return {
      basis: { ...basis(drawn.length), sampled: (drawn[0]?.seen ?? 0) > drawn.length },
      by,
      metric,
      unaligned: drawn.length - aligned.length,
      groups: [...groups.values()]
        .sort((a, b) => a.group.order - b.group.order)
        .map(({ group, runs }) => ({
          value: group.value,
          n: runs.length,
          diverged: isLoss(metric) ? runs.filter(divergedIn).length : null,
          ...drawnAs(
            runs.flatMap((run) => curves.get(run) ?? []),
            target,
          ),
          filter: group.filter,
          taskIds: runs.slice(0, LINKS).map(({ taskId }) => taskId),
        })),
    };
  }

  /** Of each curve the points that the grid needs, looked up one by one: a curve of a million points costs what one of fifty does. */
  private async curves(read: Read, runs: readonly Run[]): Promise<AlignedCurve[]> {
    const points = await read<{ run: number; step: string; value: number }>(
      `SELECT DISTINCT r.run::integer AS run, p.step, p.value
       FROM unnest($1::bigint[], $2::text[], $3::bigint[]) WITH ORDINALITY AS r (id, key, total, run), generate_series(0, $4::integer) AS cell,
         LATERAL (SELECT m.step, m.value FROM metric_point m WHERE m.train_task_id = r.id AND m.key = r.key AND m.step >= r.total * cell / $4::integer ORDER BY m.step LIMIT 1) p
       ORDER BY run, step`,
      [runs.map(({ id }) => id), runs.map(({ metric }) => metric), runs.map(stepsOf), CELLS],
    );
    const held = runs.map(() => ({ steps: [] as number[], values: [] as number[] }));
    for (const { run, step, value } of points) {
      held[run - 1]?.steps.push(Number(step));
      held[run - 1]?.values.push(value);
    }
    return runs.map((run, index) => {
      const totalSteps = stepsOf(run) ?? 0;
      const { steps = [], values = [] } = held[index] ?? {};
      return { totalSteps, values: alignCurve(steps, values, totalSteps, GRID) };
    });
  }
}

/**
 * Of each value the first runs that have the metric, in an order that has nothing to do with time. To look whether a run has it takes longer than all else, so
 * only as many are looked at as are enough where most have it; where a value then has too few, all are.
 */
async function draw(read: Read, source: TaskSource, one: Dimension, metric: string): Promise<Run[]> {
  const keys = source.where.bind(metric === 'loss' ? [...LOSS_KEYS] : [metric], 'text[]');
  const newest = newestTasks(source, one.kind === 'json' ? `${GROUPABLE}, t.extra_params` : GROUPABLE, DRAWN_FROM);
  const among = (turns: number): Promise<Run[]> =>
    read<Run>(
      `WITH candidate AS (
         SELECT * FROM (
           SELECT t.id, t.status, t.failure_reason, ${one.key} AS key, ${one.kind === 'fine' ? one.value : 'NULL::double precision'} AS value,
             row_number() OVER (PARTITION BY ${one.key} ORDER BY hashint8extended(t.id, 1)) AS turn
           FROM ${newest} t
         ) c WHERE c.turn <= ${turns + 1}
       ), found AS (
         SELECT c.*, m.metric, m.first, m.last, m.last_step, row_number() OVER (PARTITION BY c.key ORDER BY c.turn) AS place, (count(*) OVER ())::integer AS seen
         FROM candidate c JOIN LATERAL (
           SELECT s.key AS metric, s.first_value AS first, s.last_value AS last, s.last_step FROM metric_summary s
           WHERE s.train_task_id = c.id AND s.key = ANY(${keys}) ORDER BY array_position(${keys}, s.key::text) LIMIT 1
         ) m ON true WHERE c.turn <= ${turns}
       )
       SELECT r.id, w.task_id AS "taskId", r.key, r.value, r.status, r.failure_reason AS reason, r.metric, r.first, r.last, r.last_step AS "lastStep", w.total_steps AS "totalSteps", r.seen,
         EXISTS (SELECT FROM candidate c WHERE c.turn > ${turns} AND NOT EXISTS (SELECT FROM found f WHERE f.key IS NOT DISTINCT FROM c.key AND f.place > ${PER_VALUE})) AS "isShort"
       FROM found r JOIN train_task w ON w.id = r.id
       WHERE r.place <= ${PER_VALUE} ORDER BY r.place, r.id LIMIT ${MOST_RUNS}`,
      source.where.parameters,
    );
  const first = await among(LOOKED_AT);
  return (first[0]?.isShort ?? true) ? among(DRAWN_FROM + 1) : first;
}

/** Steps of the whole run: those made when it came to its end, else those it said it would make; `null` when it never said. */
function stepsOf({ status, lastStep, totalSteps }: Run): number | null {
  const last = Number(lastStep);
  if (status === 'SUCCESS') return Math.max(1, last);
  return totalSteps === null ? null : Math.max(1, last, Number(totalSteps));
}

function divergedIn({ first, last, reason }: Run): boolean {
  return hasDiverged({ first, last, endedByNaN: reason === 'NAN_LOSS' });
}

function drawnAs(
  curves: readonly AlignedCurve[],
  target: number | undefined,
): Pick<ConvergenceGroup, 'x' | 'median' | 'q1' | 'q3' | 'runs' | 'stepsToTarget'> {
  const { n: runs, ...band } = bandOf(curves, GRID);
  return { ...band, runs, stepsToTarget: target === undefined ? null : stepsToTarget(curves, GRID, target) };
}
