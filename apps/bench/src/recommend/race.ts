import {
  pointKey,
  randomPoint,
  runToEnd,
  seededRandom,
  seedOf,
  suggestSteps,
  type Params,
  type RandomSource,
  type Trial,
} from '@lora-ledger/training';
import { train, type Surface } from './surfaces.js';

/** After how many suggestions the best loss is read. */
export const MARKS = [10, 20, 40] as const;
/** Runs both begin with, the same for both: the recommender is asked by teams with some history. */
const HISTORY = 6;

/** Best loss (without noise, of runs that did not fail) after each of {@link MARKS} suggestions. */
export type Progress = readonly number[];

export interface Race {
  random: Progress;
  recommended: Progress;
}

/** Lets the recommender and a random search start from the same runs and try as many configurations as the last of `marks` says. */
export function race(surface: Surface, seed: number, marks: readonly number[] = MARKS): Race {
  const start = seededRandom(seedOf(`${surface.name} ${seed}`));
  const history = Array.from({ length: HISTORY }, () => randomPoint(surface.space, start)).map((params) => tryOut(surface, params, start));
  return {
    random: run(surface, history, seed, marks, (trials, random) => fresh(surface, trials, random)),
    // While fewer runs have succeeded than it needs, it has nothing to say, and people would try something.
    recommended: run(
      surface,
      history,
      seed,
      marks,
      (trials, random) =>
        runToEnd(suggestSteps(trials, surface.space, { count: 1, seed, measure: 'amount' }))[0]?.params ?? fresh(surface, trials, random),
    ),
  };
}

function tryOut(surface: Surface, params: Params, luck: RandomSource): Trial {
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
