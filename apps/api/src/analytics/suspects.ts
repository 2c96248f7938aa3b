import { Injectable } from '@nestjs/common';
import type { DimensionValue, Failures, OverRepresented, TrainTaskFilter } from '@lora-ledger/contracts';
import { findSuspects, type JsonObject, type JsonValue, type Suspect, type ValueOutcome } from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';
import { basis } from './basis.js';
import { dimension, isExtra, type Dimension } from './dimensions.js';
import { groupsOf, type Grouping, type RawGroup } from './groups.js';
import { inSlices } from './in-slices.js';
import { sentence } from './sentences.js';
import type { Read } from './snapshot.js';
import { GROUPABLE, newestTasks, selectTasks } from '../query/task-source.js';
import { usernames } from './usernames.js';

type Key = RawGroup['key'];

/** A task that ended, and its value of each of {@link ASKED} in their order. */
interface Row {
  isFailed: boolean;
  taskId: string;
  learningRate: number;
  extra: JsonObject;
  [key: `k${number}`]: Key;
}

/** How the tasks with one value of a parameter ended, and the ends of what that value stands for. */
interface Outcome extends Pick<RawGroup, 'min' | 'max'> {
  failures: number;
  successes: number;
}

interface Outcomes {
  /** By value, for each of {@link ASKED}. */
  columns: Map<Key, Outcome>[];
  /** By name, then by value. */
  extras: Map<string, Map<JsonValue, Outcome>>;
}

/** Old failures have been mended: the newest ended tasks are asked. So many tell a value of a tenth of them that fails in 15 of 100 from the others' 10. */
const MOST = 6_000;
const LATEST_FAILURES = 1000;
const LINKS = 20;
const MOST_FOUND = 30;
/** An extra parameter with more values than this is a name or a path: no setting to be over-represented. */
const MOST_VALUES = 20;
/** Longer names and values are texts. */
const MOST_LETTERS = 100;
const ASKED = ['loraRank', 'loraAlpha', 'learningRate', 'batchSize', 'epochs', 'modelName', 'trainer', 'user', 'gpu', 'host'] as const;

/** Parameters that are over-represented among failures, beyond what chance explains. */
@Injectable()
export class Suspects {
  async of(
    read: Read,
    { status: _status, failureReason, ...filter }: TrainTaskFilter,
    caller: UserCaller,
  ): Promise<Pick<Failures, 'overRepresented' | 'tested' | 'testBasis'>> {
    const source = selectTasks(filter, caller, true);
    const reason = failureReason?.length ? ` AND t.failure_reason = ANY(${source.where.bind(failureReason, 'text[]')})` : '';
    source.where.and(`t.status = 'SUCCESS' OR (t.status = 'FAILED'${reason})`);
    const dimensions = ASKED.map((name) => dimension(source.where, name));
    const keys = dimensions.map(({ key }, index) => `${key} AS k${index}`);
    const newest = newestTasks(source, `${GROUPABLE}, t.task_id, t.extra_params`, MOST);
    const rows = await read<Row>(
      `SELECT t.status = 'FAILED' AS "isFailed", t.task_id AS "taskId", t.learning_rate AS "learningRate", t.extra_params AS extra, ${keys.join(', ')}
       FROM ${newest} t ORDER BY t.id DESC`,
      source.where.parameters,
    );
    const { columns, extras } = await inSlices(countOutcomes(rows, dimensions));
    const asked = [
      ...dimensions.map((one, index) => ({ one, values: [...(columns[index] ?? [])].map(([key, outcome]) => ({ key, ...outcome })) })),
      ...[...extras]
        .filter(([name]) => name.length <= MOST_LETTERS)
        .map(([name, held]) => ({ one: { name: `extra.${name}`, kind: 'json', key: '', value: '' } as const, values: settings(held) })),
    ].filter(({ one, values }) => values.length > 1 && (one.kind !== 'json' || values.length <= MOST_VALUES));
    const users = await usernames(read, [...(columns[ASKED.indexOf('user')]?.keys() ?? [])]);
    const groupings = new Map(
      asked.map(({ one, values }) => [
        one.name,
        groupsOf(
          one,
          values.map((value) => ({ ...value, n: value.failures + value.successes })),
          users,
        ),
      ]),
    );
    const { suspects, tested } = findSuspects(asked.flatMap(({ one, values }) => valueOutcomes(one.name, values, groupings.get(one.name))));
    const failed = rows.filter(({ isFailed }) => isFailed).slice(0, LATEST_FAILURES);
    return {
      overRepresented: suspects.slice(0, MOST_FOUND).map((suspect) => present(suspect, groupings.get(suspect.parameter), failed)),
      tested,
      testBasis: basis(rows.length, MOST),
    };
  }
}

function* countOutcomes(rows: readonly Row[], dimensions: readonly Dimension[]): Generator<undefined, Outcomes> {
  const columns = dimensions.map(({ kind }, index) => ({
    column: `k${index}` as const,
    hasEnds: kind === 'fine',
    values: new Map<Key, Outcome>(),
  }));
  const extras: Outcomes['extras'] = new Map();
  for (const [index, row] of rows.entries()) {
    for (const { column, hasEnds, values } of columns) count(values, row[column] ?? null, row, hasEnds ? row.learningRate : null);
    for (const [name, value] of Object.entries(row.extra)) {
      if (value === null || typeof value === 'object') continue;
      let values = extras.get(name);
      if (values === undefined) extras.set(name, (values = new Map<JsonValue, Outcome>()));
      count(values, value, row, null);
    }
    if (index % 500 === 499) yield undefined;
  }
  return { columns: columns.map(({ values }) => values), extras };
}

function count<Value>(outcomes: Map<Value, Outcome>, value: Value, { isFailed }: Row, end: number | null): void {
  let outcome = outcomes.get(value);
  if (outcome === undefined) outcomes.set(value, (outcome = { min: end, max: end, failures: 0, successes: 0 }));
  if (isFailed) outcome.failures += 1;
  else outcome.successes += 1;
  if (end === null) return;
  outcome.min = Math.min(outcome.min ?? end, end);
  outcome.max = Math.max(outcome.max ?? end, end);
}

/** The values of an extra parameter as JSON, without those that can be no setting. */
function settings(outcomes: ReadonlyMap<JsonValue, Outcome>): (Outcome & { key: string })[] {
  return [...outcomes]
    .map(([value, outcome]) => ({ key: JSON.stringify(value), ...outcome }))
    .filter(({ key }) => key.length <= MOST_LETTERS);
}

function valueOutcomes(parameter: string, outcomes: readonly (Outcome & { key: Key })[], grouping: Grouping | undefined): ValueOutcome[] {
  const sums = new Map<string, ValueOutcome>();
  for (const outcome of outcomes) {
    const group = grouping?.of(outcome);
    if (group === undefined || group.value === null) continue;
    const sum = sums.get(group.id) ?? { parameter, value: group.id, failures: 0, successes: 0 };
    sums.set(group.id, { ...sum, failures: sum.failures + outcome.failures, successes: sum.successes + outcome.successes });
  }
  return [...sums.values()];
}

function present(suspect: Suspect, grouping: Grouping | undefined, failed: readonly Row[]): OverRepresented {
  const { parameter, failures, successes, failureRate, elsewhere, oddsRatio, p, q } = suspect;
  const members = failed.filter((row) => {
    const key = keyOf(row, parameter);
    return key !== null && grouping?.of({ key })?.id === suspect.value;
  });
  const group = grouping?.named(suspect.value);
  const value = group?.value ?? suspect.value;
  return {
    parameter,
    value,
    failures,
    successes,
    failureRate,
    elsewhere,
    oddsRatio,
    p,
    q,
    reason: sentence('OVER_REPRESENTED', { parameter, value: shown(value), failures, n: failures + successes, failureRate, elsewhere, q }),
    filter: group?.filter == null ? null : { ...group.filter, status: 'FAILED' },
    taskIds: members.slice(0, LINKS).map(({ taskId }) => taskId),
  };
}

function keyOf(row: Row, parameter: string): Key {
  if (!isExtra(parameter)) return row[`k${ASKED.findIndex((name) => name === parameter)}`] ?? null;
  const value = row.extra[parameter.slice('extra.'.length)];
  return value === undefined ? null : JSON.stringify(value);
}

function shown(value: DimensionValue): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? `${value.from} – ${value.to}` : value;
}
