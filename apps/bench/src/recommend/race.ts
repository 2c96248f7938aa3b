import {
  buildSpace,
  pointKey,
  randomPoint,
  runToEnd,
  seededRandom,
  seedOf,
  suggestSteps,
  type Dimension,
  type Params,
  type RandomSource,
  type Suggestion,
  type Trial,
} from '@lora-ledger/training';
import { train, type Surface } from './surfaces.js';

/** After how many suggestions the best loss is read. */
export const MARKS = [10, 20, 40] as const;
/** Runs both begin with, the same for both: the recommender is asked by teams with some history. */
const HISTORY = 6;

/** The runs that a race begins with. */
export function historyOf(surface: Surface, luck: RandomSource): Trial[] {
  return Array.from({ length: HISTORY }, () => randomPoint(surface.space, luck)).map((params) => tryOut(surface, params, luck));
}

/** Best loss (without noise, of runs that did not fail) after each of {@link MARKS} suggestions. */
export type Progress = readonly number[];

export interface Race {
  random: Progress;
  recommended: Progress;
}

/** Lets the recommender and a random search start from the same runs and try as many configurations as the last of `marks` says. */
export function race(surface: Surface, seed: number, marks: readonly number[] = MARKS): Race {
  const history = historyOf(surface, seededRandom(seedOf(`${surface.name} ${seed}`)));
  return {
    random: run(surface, history, seed, marks, (trials, random) => fresh(surface, trials, random)),
    // While fewer runs have succeeded than it needs, it has nothing to say, and people would try something.
    recommended: run(
      surface,
      history,
      seed,
      marks,
      (trials, random) => suggestedBy(surface, trials, 1, seed)[0]?.params ?? fresh(surface, trials, random),
    ),
  };
}

/** What people are shown: from the space around what was tried, as a clone of the best run that keeps what is not searched. */
export function suggestedBy(surface: Surface, trials: readonly Trial[], count: number, seed: number): Suggestion[] {
  const around = buildSpace(trials.map(({ params }) => params));
  const space = surface.isRecorded ? around.map((dimension) => recordedOf(surface, dimension)) : around;
  return runToEnd(suggestSteps(trials, space, { count, seed, measure: 'amount' })).map((suggestion) => ({
    ...suggestion,
    params: { ...suggestion.best, ...suggestion.params },
  }));
}

function recordedOf({ space }: Surface, { name, values, ...rest }: Dimension): Dimension {
  const recorded = space.find((dimension) => dimension.name === name)?.values ?? [];
  return { ...rest, name, values: values.filter((value) => recorded.includes(value)) };
}

export function tryOut(surface: Surface, params: Params, luck: RandomSource): Trial {
  const value = train(surface, params, luck);
  return { params, succeeded: value !== null, value };
}

function run(
  surface: Surface,
  history: readonly Trial[],
  seed: number,
  marks: readonly number[],
  choose: (trials: readonly Trial[], random: RandomSource) => Params,
): Progress {
  const [dice, luck] = [seededRandom(seed + 1), seededRandom(seed + 2)];
  const trials = [...history];
  const best = (): number =>
    trials.reduce((least, { params, value }) => (value === null ? least : Math.min(least, surface.loss(params) ?? Infinity)), Infinity);
  return marks.map((mark) => {
    while (trials.length < HISTORY + mark) {
      const params = choose(trials, dice);
      trials.push(tryOut(surface, params, luck));
    }
    return best();
  });
}

/** A point nobody has tried, so that random search wastes nothing either. */
function fresh(surface: Surface, trials: readonly Trial[], random: RandomSource): Params {
  const tried = new Set(trials.map(({ params }) => pointKey(surface.space, params)));
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const params = randomPoint(surface.space, random);
    if (!tried.has(pointKey(surface.space, params))) return params;
  }
  return randomPoint(surface.space, random);
}
