import { Inject, Injectable } from '@nestjs/common';
import {
  COMPARE_MAX,
  COMPARE_MIN,
  type ComparedCurve,
  type ComparedMetric,
  type ComparedParameter,
  type ComparedTask,
  type CompareQuery,
  type Comparison,
  type MetricSummary,
} from '@lora-ledger/contracts';
import { CONFIG_FIELD_NAMES, LOSS_KEYS, canonicalJson, type JsonValue } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { TaskLooks } from '../audit/task-looks.js';
import type { UserCaller } from '../auth/caller.js';
import { visibleTasks } from '../auth/visibility.js';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { Where } from '../database/where.js';
import { Problem } from '../problem.js';
import { Curves } from './curves.js';
import { presentSummary, SUMMARY_COLUMNS, type SummaryRow } from './present.js';
import { METRICS } from './task-detail.js';

type Row = SummaryRow & { note: string | null; metrics: MetricSummary[] };
const DEFAULT_POINTS = 500;
/** Parameters that usually decide a result stand on top of those that differ. */
const WEIGHTY = ['loraRank', 'learningRate', 'loraAlpha', 'batchSize', 'epochs', 'maxSteps', 'modelName', 'trainDataDir', 'seed'];

/** Sets tasks side by side: what differs in their parameters, and what it did to the curves. */
@Injectable()
export class Compare {
  constructor(
    private readonly database: DataSource,
    private readonly curves: Curves,
    private readonly looks: TaskLooks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Problem VALIDATION for fewer than 2 or more than 20; NOT_FOUND when one of them may not be seen */
  async of(
    { ids, keys, maxPoints, from, to, curves: wantsCurves = true }: CompareQuery,
    caller: UserCaller,
    actor: Actor,
  ): Promise<Comparison> {
    const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
    if (wanted.length < COMPARE_MIN || wanted.length > COMPARE_MAX) {
      throw Problem.invalid([{ path: 'ids', message: `ids must name ${COMPARE_MIN} to ${COMPARE_MAX} different tasks`, rule: 'count' }]);
    }
    const rows = await this.rows(wanted, caller);
    await this.looks.note(
      caller,
      actor,
      rows.map((row) => ({ id: row.id, ownerId: row.create_user })),
    );
    const curveKeys = keys?.length ? keys : LOSS_KEYS.filter((key) => rows.some((row) => row.metrics.some((metric) => metric.key === key)));
    const drawn = wantsCurves ? rows : [];
    const found = await this.curves.ofAll(
      drawn.map(({ id }) => id),
      { keys: curveKeys, maxPoints: maxPoints ?? DEFAULT_POINTS, from, to },
    );
    const curves = drawn.map((row): ComparedCurve => ({ taskId: row.task_id, series: found.get(row.id)?.series ?? [] }));
    const tasks = rows.map((row): ComparedTask => ({ ...presentSummary(row, caller, this.config.stalledAfter), note: row.note }));
    return { tasks, parameters: comparedParameters(tasks), metrics: comparedMetrics(rows), curves };
  }

  private async rows(ids: string[], caller: UserCaller): Promise<Row[]> {
    const where = new Where();
    where.and(`t.task_id = ANY(${where.bind(ids, 'uuid[]')})`).and(visibleTasks(where, caller, 't', 'all'));
    const found: Row[] = await this.database.query(
      `SELECT ${SUMMARY_COLUMNS}, t.note, ${METRICS} AS metrics FROM train_task t JOIN app_user u ON u.id = t.create_user ${where.sql}`,
      where.parameters,
    );
    const byId = new Map(found.map((row) => [row.task_id, row]));
    const missing = ids.filter((id) => !byId.has(id));
    if (missing.length > 0) {
      const errors = missing.map((id) => ({ path: `ids.${ids.indexOf(id)}`, message: id, rule: 'notFound' as const }));
      throw new Problem('NOT_FOUND', `There is no task ${missing.join(', ')}, or you may not see it.`, { errors });
    }
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}

/** Differing parameters first, the weighty ones of them on top; the rest by name. */
function comparedParameters(tasks: ComparedTask[]): ComparedParameter[] {
  // What begins with "$" notes how a file spelled things: no parameter of the training.
  const extraKeys = [...new Set(tasks.flatMap((task) => Object.keys(task.extraParams ?? {})))].filter((key) => !key.startsWith('$')).sort();
  const parameter = (path: string, values: JsonValue[]): ComparedParameter => ({
    path,
    values,
    equal: new Set(values.map(canonicalJson)).size === 1,
  });
  const all = [
    ...['trainer', ...CONFIG_FIELD_NAMES].map((name) =>
      parameter(
        name,
        tasks.map((task) => (task as unknown as Record<string, JsonValue>)[name] ?? null),
      ),
    ),
    ...extraKeys.map((key) =>
      parameter(
        `extraParams.${key}`,
        tasks.map((task) => task.extraParams?.[key] ?? null),
      ),
    ),
  ];
  const weight = ({ path, equal }: ComparedParameter): number =>
    (equal ? 1000 : 0) + (WEIGHTY.includes(path) ? WEIGHTY.indexOf(path) : 100);
  return all.sort((a, b) => weight(a) - weight(b));
}

function comparedMetrics(rows: Row[]): ComparedMetric[] {
  const keys = [...new Set(rows.flatMap((row) => row.metrics.map((metric) => metric.key)))].sort();
  return keys.map((key) => ({ key, summaries: rows.map((row) => row.metrics.find((metric) => metric.key === key) ?? null) }));
}
