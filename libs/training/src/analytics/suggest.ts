import { normalCdf, normalDensity, student95 } from './distributions.js';
import { learn, type GaussianProcess, type Prediction } from './gaussian-process.js';
import { distinctPoints, learningScale, observations, withoutTerrible, type Measure, type Point, type Trial } from './observed-points.js';
import { seededRandom, type RandomSource } from './random.js';
import { coordinates, differences, neighbour, pointKey, randomPoint, type Dimension, type Params } from './search-space.js';
import { successNear } from './success-near.js';

export interface Suggestion {
  params: Params;
  /** What the value will be, with an interval that holds 95 % of runs. Of a rate: the interval of the rate itself, since a run has none. */
  expected: { value: number; low: number; high: number };
  /** Probability that it ends well, by how its neighbours ended. */
  successProbability: number;
  /** `better`: expected below the best so far; `unknown`: little is known there and it may be better. */
  motive: 'better' | 'unknown';
  /** The best point so far, and in what the suggestion differs from it. */
  best: Params;
  differsIn: string[];
}

const RANDOM_CANDIDATES = 500;
const NEIGHBOURS = 300;
const SLICE = 100;
/** Of more than so many that wait or run, the newest are believed in: each makes every prediction dearer. */
const MOST_UNDER_WAY = 20;
/** Fewer finished points than this are no basis. */
export const SUGGEST_NEEDS = 4;

export interface Wanted {
  /** At most so many. */
  count: number;
  seed: number;
  measure: Measure;
  /** What waits or runs now: not suggested again. It has told nothing yet, but suggestions look elsewhere, as after one another. */
  underWay?: readonly Params[];
}

/**
 * What to try next: points not tried yet with the highest expected improvement over the best known one (D. R. Jones, M. Schonlau and
 * W. J. Welch, Journal of Global Optimization 13 (1998) 455–492) by a Gaussian process, weighted with the probability that the run ends well
 * (M. A. Gelbart, J. Snoek and R. P. Adams, UAI 2014). Improvement is over the best *expected* value, not over a lucky run. After each
 * suggestion its expectation is taken for granted ("kriging believer": D. Ginsbourger et al. 2010), so that the next one looks elsewhere.
 *
 * @param space from `buildSpace` over the trials
 * @returns at most `count`, the most promising first; none when the space is used up or fewer than 4 points have a value
 */
export function* suggestSteps(
  trials: readonly Trial[],
  space: readonly Dimension[],
  { count, seed, measure, underWay = [] }: Wanted,
): Generator<undefined, Suggestion[]> {
  const random = seededRandom(seed);
  const scale = learningScale(trials, measure);
  const known = distinctPoints(trials, space, scale);
  if (known.length < SUGGEST_NEEDS || space.length === 0) return [];
  const tried = new Set([...trials.map(({ params }) => params), ...underWay].map((params) => pointKey(space, params)));
  const endsWell = successNear(trials, space);
  const suggestions: Suggestion[] = [];
  const observed = observations(known, trials, measure);
  const learnt = yield* learn(space, measure === 'rate' ? observed : withoutTerrible(observed), random);
  const best = leader(known, learnt);
  const candidates = yield* candidatesAround(known, space, tried, endsWell, random);
  // To cut what is terrible helps to find what is good, and makes a process that expects too little of everything else.
  const whole = measure === 'rate' ? learnt : yield* learn(space, observed, random);
  const width = student95(known.length - 1) * whole.doubt;
  let process = believing(learnt, space, underWay);
  while (suggestions.length < count) {
    const winner = yield* mostPromising(candidates, process, best.expected);
    if (winner === null) return suggestions;
    const {
      candidate: { params, at, endsWell: successProbability },
      prediction,
    } = winner;
    candidates.delete(winner.candidate);
    process = process.with(at, prediction.mean);
    // What was taken for granted on the way makes nothing more certain.
    const expected = whole.predict(at);
    const spread = width * (measure === 'rate' ? expected.deviation : Math.hypot(expected.deviation, whole.noise));
    suggestions.push({
      params,
      successProbability,
      expected: { value: scale.back(expected.mean), low: scale.back(expected.mean - spread), high: scale.back(expected.mean + spread) },
      motive: expected.mean < whole.predict(best.point.at).mean ? 'better' : 'unknown',
      best: best.point.params,
      differsIn: differences(space, best.point.params, params),
    });
  }
  return suggestions;
}

/** Takes for granted that the newest of what is under way comes to what is expected. */
function believing(learnt: GaussianProcess, space: readonly Dimension[], underWay: readonly Params[]): GaussianProcess {
  const points = new Map(underWay.map((params) => [pointKey(space, params), params]));
  const whole = [...points.values()].filter((params) => space.every(({ name }) => params[name] !== undefined));
  return whole.slice(-MOST_UNDER_WAY).reduce((process, params) => {
    const at = coordinates(space, params);
    return process.with(at, process.predict(at).mean);
  }, learnt);
}

function leader(points: readonly Point[], process: GaussianProcess): { point: Point; expected: number } {
  const ranked = points.map((point) => ({ point, expected: process.predict(point.at).mean }));
  return ranked.reduce((best, one) => (one.expected < best.expected ? one : best));
}

interface Candidate {
  params: Params;
  at: Float64Array;
  /** Probability. */
  endsWell: number;
  /** What the process has worked out about it. */
  known: number[];
}

/** Points anywhere, and near the best ones, that were not tried. */
function* candidatesAround(
  points: readonly Point[],
  space: readonly Dimension[],
  tried: ReadonlySet<string>,
  endsWell: (at: Float64Array) => number,
  random: RandomSource,
): Generator<undefined, Set<Candidate>> {
  const best = [...points].sort((a, b) => a.mean - b.mean).slice(0, 5);
  const all = [
    ...Array.from({ length: RANDOM_CANDIDATES }, () => randomPoint(space, random)),
    ...Array.from({ length: NEIGHBOURS }, (_one, index) => neighbour(space, best[index % best.length]?.params ?? {}, random)),
  ];
  const fresh = new Map(all.map((params) => [pointKey(space, params), params]));
  for (const key of tried) fresh.delete(key);
  const candidates = new Set<Candidate>();
  for (const params of fresh.values()) {
    const at = coordinates(space, params);
    candidates.add({ params, at, endsWell: endsWell(at), known: [] });
    if (candidates.size % SLICE === 0) yield undefined;
  }
  return candidates;
}

function* mostPromising(
  candidates: ReadonlySet<Candidate>,
  process: GaussianProcess,
  best: number,
): Generator<undefined, { candidate: Candidate; prediction: Prediction } | null> {
  let [winner, most, looked]: [{ candidate: Candidate; prediction: Prediction } | null, number, number] = [null, -1, 0];
  for (const candidate of candidates) {
    const prediction = process.predict(candidate.at, candidate.known);
    const worth = expectedImprovement(prediction, best) * candidate.endsWell;
    if (worth > most) [winner, most] = [{ candidate, prediction }, worth];
    if ((looked += 1) % SLICE === 0) yield undefined;
  }
  return winner;
}

export function expectedImprovement({ mean, deviation }: Prediction, best: number): number {
  if (deviation <= 1e-9 * Math.max(Math.abs(best), Math.abs(mean))) return Math.max(0, best - mean);
  const z = (best - mean) / deviation;
  return deviation * (z * normalCdf(z) + normalDensity(z));
}
