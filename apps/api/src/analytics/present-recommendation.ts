import type { Change, NextRecommendation, Objective, ProvenRecommendation, Reason } from '@lora-ledger/contracts';
import { CONFIG_FIELD_NAMES, mannWhitney, median, type Dimension, type Params, type ProvenCombination, type Suggestion } from '@lora-ledger/training';
import type { Run } from './ended-runs.js';
import { sentence } from './sentences.js';

/** The task that recommendations are compared with. */
export interface Present {
  taskId: string;
  params: Params;
}

const LINKS = 20;
/** Fewer losses than this are not compared with the others'. */
const COMPARED = 5;

export function presentProven({ params, success, score, successes }: ProvenCombination<Run>, runs: readonly Run[], objective: Objective, present: Present | null): ProvenRecommendation {
  const best = successes[0]?.taskId ?? null;
  const medianFinalLoss = median(losses(successes));
  const medianSeconds = median(successes.flatMap(({ seconds }) => seconds ?? []));
  return {
    params, ...cloning(params, best, {}, present), n: success.n, successRate: success, medianFinalLoss, medianSeconds, score,
    taskIds: successes.slice(0, LINKS).map(({ taskId }) => taskId),
    reason: provenReason({ n: success.n, successes: success.successes, low: success.low }, objective, successes, runs, medianFinalLoss, medianSeconds),
  };
}

export function presentNext({ params, expected, successProbability, motive, best, differsIn }: Suggestion, runs: readonly Run[], space: readonly Dimension[], objective: Objective, present: Present | null): NextRecommendation {
  const { value, low, high } = objective === 'success' ? asRate(expected) : expected;
  const isBest = (run: Run): boolean => space.every(({ name }) => run.params[name] === best[name]);
  const origin = runs.filter(isBest).sort((a, b) => Number(b.succeeded) - Number(a.succeeded) || (a.value ?? Infinity) - (b.value ?? Infinity))[0];
  const against = differsIn.map((parameter): Change => ({ parameter, from: best[parameter] ?? null, to: params[parameter] ?? null }));
  const changes = against.map(({ parameter, from, to }) => `${parameter} ${String(from)} → ${String(to)}`).join(', ');
  return {
    params, ...cloning(params, origin?.taskId ?? null, Object.fromEntries(differsIn.map((name) => [name, params[name] ?? null])), present),
    expected: { value, low, high, successProbability }, against,
    reason: sentence(motive === 'better' ? 'EXPECTED_BETTER' : 'LITTLE_KNOWN', { objective, changes, value, low, high, success: successProbability }),
  };
}

/** The model learns failures as 1; people read success rates. */
function asRate({ value, low, high }: Suggestion['expected']): Suggestion['expected'] {
  const within = (rate: number): number => Math.min(1, Math.max(0, rate));
  return { value: within(1 - value), low: within(1 - high), high: within(1 - low) };
}

/** @param changed what a clone of `origin` must be given */
function cloning(params: Params, origin: string | null, changed: Record<string, unknown>, present: Present | null): { cloneOf: string | null; overrides: Record<string, unknown>; changes: Change[] } {
  if (present === null) return { cloneOf: origin, overrides: overridesOf(changed), changes: [] };
  const changes = Object.entries(params).filter(([name, value]) => present.params[name] !== value).map(([parameter, to]) => ({ parameter, from: present.params[parameter] ?? null, to }));
  return { cloneOf: present.taskId, overrides: overridesOf(Object.fromEntries(changes.map(({ parameter, to }) => [parameter, to]))), changes };
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

function provenReason(facts: { n: number; successes: number; low: number }, objective: Objective, mine: readonly Run[], runs: readonly Run[], medianLoss: number | null, medianSeconds: number | null): Reason {
  if (objective === 'success') return sentence('PROVEN_SUCCESS', facts);
  if (objective === 'time') return sentence('PROVEN_TIME', { ...facts, median: medianSeconds });
  const others = losses(runs.filter((run) => run.succeeded && !mine.includes(run)));
  if (losses(mine).length < COMPARED || others.length < COMPARED) return sentence('PROVEN_LOSS', { ...facts, median: medianLoss });
  return sentence('PROVEN_BETTER', { ...facts, median: medianLoss, others: median(others), p: mannWhitney(losses(mine), others).p });
}

function losses(runs: readonly Run[]): number[] {
  return runs.flatMap(({ finalLoss }) => finalLoss ?? []);
}
