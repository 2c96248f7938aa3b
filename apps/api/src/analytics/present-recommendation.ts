import type { Change, ListSelection, NextRecommendation, Objective, ProvenRecommendation } from '@lora-ledger/contracts';
import {
  CONFIG_FIELD_NAMES,
  median,
  type Dimension,
  type LevelValue,
  type Params,
  type ParamValue,
  type ProvenGroup,
  type Suggestion,
} from '@lora-ledger/training';
import { isExtra } from './dimensions.js';
import type { Run } from './ended-runs.js';
import { both, selectionOf } from './groups.js';
import { sentence, type SentenceCode } from './sentences.js';

/** The task that recommendations are compared with. */
export interface Present {
  taskId: string;
  params: Params;
}

const LINKS = 20;

/**
 * A group is recommended by its best run: that is cloned, or its values are given to the present task where that lies outside the group.
 *
 * @param isThere whether tasks can be submitted to a trainer. The best run is one of those; where there is none, people choose another
 */
export function presentProven(
  { levels, success, successes, interval, median: middle, others }: ProvenGroup<Run>,
  objective: Objective,
  present: Present | null,
  isThere: (trainer: ParamValue) => boolean,
): ProvenRecommendation {
  const best = successes.find((run) => isThere(run.params['trainer'] ?? '')) ?? successes[0];
  const params = Object.fromEntries(Object.entries(best?.params ?? {}).filter(([name, value]) => name !== 'trainer' || isThere(value)));
  const changes =
    present === null
      ? []
      : Object.entries(levels).flatMap(([parameter, level]): Change[] => {
          const [from, to] = [present.params[parameter] ?? null, params[parameter] ?? null];
          // Without epochs a run is limited by steps, and how many is no part of the group.
          return isIn(from, level) || (to === null && !isExtra(parameter)) ? [] : [{ parameter, from, to }];
        });
  return {
    params,
    cloneOf: present?.taskId ?? best?.taskId ?? null,
    overrides: overridesOf(Object.fromEntries(changes.map(({ parameter, to }) => [parameter, to]))),
    changes,
    group: levels,
    filter: selectionOfGroup(levels, params['modelName']),
    n: success.n,
    successRate: success,
    medianLow: interval?.low ?? null,
    medianHigh: interval?.high ?? null,
    medianFinalLoss: median(successes.flatMap(({ finalLoss }) => finalLoss ?? [])),
    medianSeconds: median(successes.flatMap(({ seconds }) => seconds ?? [])),
    taskIds: successes.slice(0, LINKS).map(({ taskId }) => taskId),
    reason: sentence(codeFor(objective, Object.keys(levels).length === 0, others), {
      n: success.n,
      successes: success.successes,
      low: success.low,
      ...(objective === 'success' ? {} : { median: middle, high: interval?.high ?? null, others }),
    }),
  };
}

function codeFor(objective: Objective, isAll: boolean, others: number | null): SentenceCode {
  if (objective === 'success') return isAll ? 'ALIKE_SUCCESS' : 'PROVEN_SUCCESS';
  return `${isAll ? 'ALIKE' : others === null ? 'PROVEN' : 'BETTER'}_${objective === 'time' ? 'TIME' : 'LOSS'}`;
}

function isIn(value: ParamValue | null, level: LevelValue): boolean {
  return typeof level === 'object' && level !== null
    ? typeof value === 'number' && value >= level.min && value <= level.max
    : value === level;
}

/** @param modelName where the runs are all of one model */
function selectionOfGroup(levels: ProvenGroup['levels'], modelName: ParamValue | undefined): ListSelection {
  const each = Object.entries(levels).map(([name, level]) =>
    selectionOf(name, typeof level === 'object' && level !== null ? { from: level.min, to: level.max, ...level } : level),
  );
  return each.reduce(both, modelName === undefined ? {} : { modelName: String(modelName) });
}

export function presentNext(
  { params, expected, successProbability, motive, best, differsIn }: Suggestion,
  runs: readonly Run[],
  space: readonly Dimension[],
  objective: Objective,
  present: Present | null,
): NextRecommendation {
  const { value, low, high } = objective === 'success' ? asRate(expected) : expected;
  const isBest = (run: Run): boolean => space.every(({ name }) => run.params[name] === best[name]);
  const origin = runs
    .filter(isBest)
    .sort((a, b) => Number(b.succeeded) - Number(a.succeeded) || (a.value ?? Infinity) - (b.value ?? Infinity))[0];
  const against = differsIn.map((parameter): Change => ({ parameter, from: best[parameter] ?? null, to: params[parameter] ?? null }));
  const changes = against.map(({ parameter, from, to }) => `${parameter} ${String(from)} → ${String(to)}`).join(', ');
  return {
    params,
    ...cloning(params, origin?.taskId ?? null, Object.fromEntries(differsIn.map((name) => [name, params[name] ?? null])), present),
    expected: { value, low, high, successProbability },
    against,
    reason: sentence(motive === 'better' ? 'EXPECTED_BETTER' : 'LITTLE_KNOWN', {
      objective,
      changes,
      value,
      low,
      high,
      success: successProbability,
    }),
  };
}

/** The model learns failures as 1; people read success rates. */
function asRate({ value, low, high }: Suggestion['expected']): Suggestion['expected'] {
  const within = (rate: number): number => Math.min(1, Math.max(0, rate));
  return { value: within(1 - value), low: within(1 - high), high: within(1 - low) };
}

/** @param changed what a clone of `origin` must be given */
function cloning(
  params: Params,
  origin: string | null,
  changed: Record<string, unknown>,
  present: Present | null,
): { cloneOf: string | null; overrides: Record<string, unknown>; changes: Change[] } {
  if (present === null) return { cloneOf: origin, overrides: overridesOf(changed), changes: [] };
  const changes = Object.entries(params)
    .filter(([name, value]) => present.params[name] !== value)
    .map(([parameter, to]) => ({ parameter, from: present.params[parameter] ?? null, to }));
  return {
    cloneOf: present.taskId,
    overrides: overridesOf(Object.fromEntries(changes.map(({ parameter, to }) => [parameter, to]))),
    changes,
  };
}

/** Epochs and steps exclude one another, so a clone that is given epochs loses its limit of steps. */
function overridesOf(changed: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(changed);
  const isField = (name: string): boolean => name === 'trainer' || CONFIG_FIELD_NAMES.some((field) => field === name);
  const extra = entries.filter(([name]) => name.startsWith('extra.')).map(([name, value]) => [name.slice('extra.'.length), value] as const);
  return {
    ...Object.fromEntries(entries.filter(([name]) => isField(name))),
    ...('epochs' in changed ? { maxSteps: null } : {}),
    ...(extra.length === 0 ? {} : { extraParams: Object.fromEntries(extra) }),
  };
}
