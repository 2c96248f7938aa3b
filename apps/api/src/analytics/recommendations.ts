import { Injectable } from '@nestjs/common';
import type { Objective, Reason, Recommendations as Answer, RecommendationQuery } from '@lora-ledger/contracts';
import {
  buildSpace,
  MEDIAN_NEEDS,
  rankProven,
  suggestSteps,
  SUGGEST_NEEDS,
  TOO_FEW,
  type Dimension,
  type Params,
  type ParamValue,
} from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';
import { visibleTasks } from '../auth/visibility.js';
import { Where } from '../database/where.js';
import { Problem } from '../problem.js';
import { TrainerProfiles } from '../trainer/trainer-profiles.js';
import { Answers } from './answers.js';
import { basis } from './basis.js';
import { endedRuns, paramsOfTask, paramsUnderWay, type Run } from './ended-runs.js';
import { inSlices } from './in-slices.js';
import { presentNext, presentProven, type Present } from './present-recommendation.js';
import { sentence } from './sentences.js';
import { Snapshot, type Read } from './snapshot.js';

const MOST = 2000;
/** Newest tasks that wait or run, which are not suggested again. */
const MOST_UNDER_WAY = 300;
const SEED = 20_250_102;

/** What to run: groups of runs that have proved good, and new ones that promise to be better. */
@Injectable()
export class Recommendations {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly answers: Answers,
    private readonly profiles: TrainerProfiles,
  ) {}

  /** @throws Problem NOT_FOUND for a present task the caller may not see */
  async of(query: RecommendationQuery, caller: UserCaller): Promise<Answer> {
    return this.answers.to(['recommendations', query], caller, () => this.compute(query, caller));
  }

  private async compute(
    { objective = 'finalLoss', present: presentId, count = 5, ...filter }: RecommendationQuery,
    caller: UserCaller,
  ): Promise<Answer> {
    const { present, all, models, underWay } = await this.snapshot.read(async (read) => {
      const task = presentId == null ? null : await this.present(read, presentId, caller);
      const named = filter.modelName?.length ? filter.modelName : await this.usualModel(read, task, filter, caller);
      return {
        // What one model proved is no advice for a task of another, and a clone would keep the task's model.
        present: task !== null && named.includes(String(task.params['modelName'])) ? task : null,
        models: named,
        all: await endedRuns(read, { ...filter, modelName: named }, caller, MOST),
        underWay: await paramsUnderWay(read, named, caller, MOST_UNDER_WAY),
      };
    });
    const runs = all.slice(-MOST).map((run) => ({ ...run, params: known(run.params, models), value: valueFor(run, objective) }));
    const head = { basedOn: basis(all.length, MOST), modelNames: models, objective, comparedWith: present?.taskId ?? null };
    const successes = runs.filter(({ succeeded }) => succeeded).length;
    if (successes === 0) {
      const refused =
        runs.length === 0 ? sentence('TOO_FEW_TASKS', { have: 0, needed: SUGGEST_NEEDS }) : sentence('NO_SUCCESS', { have: runs.length });
      return { ...head, refused, proven: [], groupedBy: [], leftOut: 0, unproven: null, next: [] };
    }
    const isThere = (trainer: ParamValue): boolean => this.profiles.has(String(trainer));
    const { groups, groupedBy, left } = rankProven(runs, objective !== 'success');
    const former = groups.flatMap(({ levels: { trainer } }) => (typeof trainer === 'string' && !isThere(trainer) ? trainer : []));
    const proven = groups.filter(({ levels: { trainer } }) => !former.some((gone) => gone === trainer));
    const searched = runs.map((run) => ({ ...run, params: withoutModel(run.params) }));
    const space = offered(buildSpace(searched.map(({ params }) => params)), isThere);
    const next = await inSlices(
      suggestSteps(
        searched.map(({ params, succeeded, value }) => ({ params, succeeded, value })),
        space,
        { count, seed: SEED, measure: objective === 'success' ? 'rate' : 'amount', underWay },
      ),
    );
    return {
      ...head,
      refused: null,
      proven: proven.slice(0, count).map((one) => presentProven(one, objective, present, isThere)),
      groupedBy,
      leftOut: left,
      unproven: proven.length === 0 ? unproven(runs.length, [...new Set(former)]) : null,
      next: next.map((one) => presentNext(one, searched, space, objective, present)),
    };
  }

  private async present(read: Read, taskId: string, caller: UserCaller): Promise<Present> {
    const where = new Where();
    where.and(visibleTasks(where, caller, 't', 'all')).and(`t.task_id = ${where.bind(taskId, 'uuid')}`);
    const [seen] = await read(`SELECT t.id FROM train_task t ${where.sql}`, where.parameters);
    const params = seen === undefined ? null : await paramsOfTask(read, taskId);
    if (params === null) throw Problem.notFound();
    return { taskId, params };
  }

  /** Losses of different models cannot be compared: without a model named it is that of the present task, else the most frequent of late. */
  private async usualModel(read: Read, present: Present | null, filter: RecommendationQuery, caller: UserCaller): Promise<string[]> {
    if (present !== null) return [String(present.params['modelName'])];
    const counts = new Map<string, number>();
    for (const { params } of await endedRuns(read, filter, caller, MOST / 4))
      counts.set(String(params['modelName']), (counts.get(String(params['modelName'])) ?? 0) + 1);
    return [...counts]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 1)
      .map(([model]) => model);
  }
}

/** Runs of a trainer that is gone still teach; nobody can be told to use it. Where all are gone, people choose one. */
function offered(space: readonly Dimension[], isThere: (trainer: ParamValue) => boolean): Dimension[] {
  return space
    .map((one) => (one.name === 'trainer' ? { ...one, offered: one.values.filter(isThere) } : one))
    .filter((one) => one.offered?.length !== 0);
}

function unproven(have: number, former: readonly string[]): Reason {
  if (former.length > 0) return sentence('TRAINERS_GONE', { trainers: former.join(', ') });
  return have < TOO_FEW
    ? sentence('TOO_FEW_TASKS', { have, needed: TOO_FEW })
    : sentence('NONE_PROVEN', { have, group: TOO_FEW, needed: MEDIAN_NEEDS });
}

/** What is to become small. */
function valueFor({ succeeded, finalLoss, seconds }: Run, objective: Objective): number | null {
  if (objective === 'success') return succeeded ? 0 : 1;
  if (!succeeded) return null;
  return objective === 'time' ? seconds : finalLoss;
}

/** Several models named together are a family: which of them it was makes no difference. */
function known({ modelName, ...params }: Params, models: readonly string[]): Params {
  return models.length > 1 || modelName === undefined ? params : { modelName, ...params };
}

function withoutModel({ modelName: _modelName, ...params }: Params): Params {
  return params;
}
