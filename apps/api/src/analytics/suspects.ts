import { Injectable } from '@nestjs/common';
import type { DimensionValue, Failures, OverRepresented, TrainTaskFilter } from '@lora-ledger/contracts';
import { findSuspects, type Suspect, type ValueOutcome } from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';
import { basis } from './basis.js';
import { dimension, type Dimension } from './dimensions.js';
import { groupsOf, type Grouping, type RawGroup } from './groups.js';
import { sentence } from './sentences.js';
import type { Read } from './snapshot.js';
import { GROUPABLE, newestTasks, selectTasks } from '../query/task-source.js';
import { usernames } from './usernames.js';

type Key = RawGroup['key'];

interface Row extends Omit<RawGroup, 'n'> {
  parameter: string;
  failures: number;
  successes: number;
}

/** Old failures have been mended: the newest ended tasks are asked. */
const MOST = 10_000;
const LATEST_FAILURES = 1000;
const LINKS = 20;
const MOST_FOUND = 30;
/** An extra parameter with more values than this is a name or a path: no setting to be over-represented. */
const MOST_VALUES = 20;
const ASKED = ['loraRank', 'loraAlpha', 'learningRate', 'batchSize', 'epochs', 'modelName', 'trainer', 'user', 'gpu', 'host'] as const;

/** Parameters that are over-represented among failures, beyond what chance explains. */
@Injectable()
export class Suspects {
  async of(read: Read, { status: _status, failureReason, ...filter }: TrainTaskFilter, caller: UserCaller): Promise<Pick<Failures, 'overRepresented' | 'tested' | 'testBasis'>> {
    const source = selectTasks(filter, caller, true);
    const reason = failureReason?.length ? ` AND t.failure_reason = ANY(${source.where.bind(failureReason, 'text[]')})` : '';
    source.where.and(`t.status = 'SUCCESS' OR (t.status = 'FAILED'${reason})`);
    const dimensions = ASKED.map((name) => dimension(source.where, name));
    const keys = dimensions.map(({ key, kind }, index) => `(${key})${kind === 'text' ? '::text' : ''} AS k${index}`);
    const newest = `SELECT t.id, t.status, t.learning_rate, t.extra_params, ${keys.join(', ')} FROM ${newestTasks(source, `${GROUPABLE}, t.extra_params`, MOST)} t`;
    const [{ rows, failed, seen } = { rows: [], failed: [], seen: 0 }] = await read<{ rows: Row[]; failed: Failed[]; seen: number }>(statement(newest, dimensions), source.where.parameters);
    const extras = [...new Set(rows.map(({ parameter }) => parameter))].filter((name) => name.startsWith('extra.')).map((name): Dimension => ({ name, kind: 'json', key: '', value: '' }));
    const asked = [...dimensions, ...extras].map((one) => ({ one, rows: rows.filter(({ parameter }) => parameter === one.name) }))
      .filter(({ one, rows: held }) => held.length > 1 && (one.kind !== 'json' || held.length <= MOST_VALUES));
    const users = await usernames(read, rows.filter(({ parameter }) => parameter === 'user').map(({ key }) => key));
    const groupings = new Map(asked.map(({ one, rows: held }) => [one.name, groupsOf(one, held.map((row) => ({ ...row, n: row.failures + row.successes })), users)]));
    const { suspects, tested } = findSuspects(asked.flatMap(({ one, rows: held }) => outcomes(one.name, held, groupings.get(one.name))));
    return {
      overRepresented: suspects.slice(0, MOST_FOUND).map((suspect) => present(suspect, groupings.get(suspect.parameter), failed)),
      tested, testBasis: basis(seen, MOST),
    };
  }
}

interface Failed {
  taskId: string;
  keys: Record<string, Key>;
}

/** One statement reads the newest tasks once: the outcomes by every value of every parameter, and the latest failures with theirs. */
function statement(newest: string, dimensions: readonly Dimension[]): string {
  const outcome = `count(*) FILTER (WHERE status = 'FAILED') AS failures, count(*) FILTER (WHERE status = 'SUCCESS') AS successes`;
  const columns = dimensions.map(({ name, kind }, index) => {
    const ends = kind === 'fine' ? 'min(learning_rate), max(learning_rate)' : 'NULL::double precision, NULL::double precision';
    return `SELECT '${name}' AS parameter, to_jsonb(k${index}) AS key, ${ends}, ${outcome} FROM newest GROUP BY k${index}`;
  });
  const extras = `SELECT 'extra.' || e.key, to_jsonb(e.value::text), NULL, NULL, ${outcome} FROM newest, jsonb_each(extra_params) e
    WHERE jsonb_typeof(e.value) IN ('string', 'number', 'boolean') AND length(e.key) <= 100 AND length(e.value::text) <= 100 GROUP BY e.key, e.value`;
  const named = dimensions.map(({ name }, index) => `'${name}', k${index}`).join(', ');
  return `WITH newest AS MATERIALIZED (${newest}),
      outcomes (parameter, key, min, max, failures, successes) AS (${[...columns, extras].join(' UNION ALL ')}),
      failed AS (SELECT n.*, w.task_id FROM (SELECT * FROM newest WHERE status = 'FAILED' ORDER BY id DESC LIMIT ${LATEST_FAILURES}) n JOIN train_task w ON w.id = n.id)
    SELECT (SELECT coalesce(jsonb_agg(outcomes), '[]') FROM outcomes) AS rows, (SELECT count(*)::integer FROM newest) AS seen,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('taskId', task_id, 'keys', jsonb_build_object(${named}) || coalesce(
        (SELECT jsonb_object_agg('extra.' || e.key, e.value::text) FROM jsonb_each(extra_params) e WHERE length(e.value::text) <= 100), '{}')) ORDER BY id DESC), '[]') FROM failed) AS failed`;
}

function outcomes(parameter: string, rows: readonly Row[], grouping: Grouping | undefined): ValueOutcome[] {
  const sums = new Map<string, ValueOutcome>();
  for (const row of rows) {
    const group = grouping?.of(row);
    if (group === undefined || group.value === null) continue;
    const sum = sums.get(group.id) ?? { parameter, value: group.id, failures: 0, successes: 0 };
    sums.set(group.id, { ...sum, failures: sum.failures + row.failures, successes: sum.successes + row.successes });
  }
  return [...sums.values()];
}

function present(suspect: Suspect, grouping: Grouping | undefined, failed: readonly Failed[]): OverRepresented {
  const { parameter, failures, successes, failureRate, elsewhere, oddsRatio, p, q } = suspect;
  const members = failed.filter(({ keys }) => keys[parameter] != null && grouping?.of({ key: keys[parameter] ?? null })?.id === suspect.value);
  const group = grouping?.named(suspect.value);
  const value = group?.value ?? suspect.value;
  return {
    parameter, value, failures, successes, failureRate, elsewhere, oddsRatio, p, q,
    reason: sentence('OVER_REPRESENTED', { parameter, value: shown(value), failures, n: failures + successes, failureRate, elsewhere, q }),
    filter: group?.filter == null ? null : { ...group.filter, status: 'FAILED' },
    taskIds: members.slice(0, LINKS).map(({ taskId }) => taskId),
  };
}

function shown(value: DimensionValue): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? `${value.from} – ${value.to}` : value;
}
