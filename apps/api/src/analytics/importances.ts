import { Injectable } from '@nestjs/common';
import type { Importance as Answer, ImportanceQuery, Objective, Reason } from '@lora-ledger/contracts';
import { choiceFeature, IMPORTANCE_NEEDS, importanceSteps, orderedFeature, scaledRanks, type Feature } from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';
import { Answers } from './answers.js';
import { basis } from './basis.js';
import { endedRuns, type Run } from './ended-runs.js';
import { inSlices } from './in-slices.js';
import { sentence } from './sentences.js';
import { Snapshot } from './snapshot.js';

/** Beyond this many runs a forest finds nothing it would not have found in them. */
const MOST = 800;
const SEED = 20_250_101;
/** To compare successes with failures takes some of both. */
const OF_EACH = 10;

/** Which parameters decide the loss, the success or the time. */
@Injectable()
export class Importances {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly answers: Answers,
  ) {}

  async of(query: ImportanceQuery, caller: UserCaller): Promise<Answer> {
    return this.answers.to(['importance', query], caller, () => this.compute(query, caller));
  }

  private async compute({ objective = 'finalLoss', ...filter }: ImportanceQuery, caller: UserCaller): Promise<Answer> {
    const all = await this.snapshot.read((read) => endedRuns(read, filter, caller, MOST));
    const runs = all.slice(-MOST).filter((run) => objectiveValue(run, objective) !== null);
    const head = { basis: { ...basis(runs.length), sampled: all.length > MOST }, objective };
    const features = featuresOf(runs);
    const refused = refusal(runs, features, objective);
    if (refused !== null) return { ...head, refused, explained: null, parameters: [] };
    const values = runs.map((run) => objectiveValue(run, objective) ?? 0);
    const target = objective === 'success' ? Float64Array.from(values) : scaledRanks(values);
    const { parameters, explained } = await inSlices(importanceSteps(features, target, SEED));
    return { ...head, refused: null, explained, parameters };
  }
}

function objectiveValue(run: Run, objective: Objective): number | null {
  if (objective === 'success') return run.succeeded ? 1 : 0;
  if (!run.succeeded) return null;
  return objective === 'time' ? run.seconds : run.finalLoss;
}

function refusal(runs: readonly Run[], features: readonly Feature[], objective: Objective): Reason | null {
  if (runs.length < IMPORTANCE_NEEDS) return sentence('TOO_FEW_TASKS', { have: runs.length, needed: IMPORTANCE_NEEDS });
  if (features.length === 0) return sentence('NOTHING_VARIES', {});
  const successes = runs.filter((run) => run.succeeded).length;
  const rarer = Math.min(successes, runs.length - successes);
  return objective === 'success' && rarer < OF_EACH ? sentence('ONE_OUTCOME', { have: rarer, needed: OF_EACH }) : null;
}

/** One feature for every parameter that has at least two values. */
function featuresOf(runs: readonly Run[]): Feature[] {
  const names = [...new Set(runs.flatMap(({ params }) => Object.keys(params)))];
  return names
    .map((name) => {
      const values = runs.map(({ params }) => params[name]);
      const isOrdered = values.every((value) => value === undefined || typeof value === 'number');
      // Runs limited by steps have no epochs: they stand below all that have.
      return isOrdered
        ? orderedFeature(
            name,
            values.map((value) => Number(value ?? -1)),
          )
        : choiceFeature(
            name,
            values.map((value) => String(value ?? '')),
          );
    })
    .filter(({ levels }) => levels > 1);
}
