import { normalCdf, normalDensity } from './distributions.js';
import { learn, type GaussianProcess, type Observations, type Prediction } from './gaussian-process.js';
import { seededRandom, type RandomSource } from './random.js';
import { coordinates, differences, neighbour, pointKey, randomPoint, type Dimension, type Params } from './search-space.js';

/** One past run. */
export interface Trial {
  params: Params;
  /** What is to become small: the loss, the time, 0 for success and 1 for failure. `null`: it failed and has none. */
  value: number | null;
}

export interface Suggestion {
  params: Params;
  /** What the value will be, with a 95 % interval. */
  expected: { value: number; low: number; high: number };
  /** Probability that it ends well, by how its neighbours ended. */
  successProbability: number;
  /** `better`: expected below the best so far; `unknown`: little is known there and it may be better. */
  motive: 'better' | 'unknown';
  /** The best point so far, and in what the suggestion differs from it. */
  best: Params;
  differsIn: string[];
}

/** Distinct points the process learns from: the best and the latest ones. Its work grows with the cube of this. */
const MOST_POINTS = 120;
const RANDOM_CANDIDATES = 600;
const NEIGHBOURS = 300;
const SLICE = 100;
/** Latest runs that the probability of success goes by. */
const MOST_ENDS = 300;
/** Fewer finished points than this are no basis. */
export const SUGGEST_NEEDS = 4;

interface Point {
  params: Params;
  at: Float64Array;
  key: string;
  mean: number;
  count: number;
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
export function* suggestSteps(trials: readonly Trial[], space: readonly Dimension[], count: number, seed: number): Generator<undefined, Suggestion[]> {
  const random = seededRandom(seed);
  const scale = logScale(trials);
  const known = distinctPoints(trials, space, scale);
  if (known.length < SUGGEST_NEEDS || space.length === 0) return [];
  const tried = new Set(trials.map(({ params }) => pointKey(space, params)));
  const endsWell = successNear(trials, space);
  const suggestions: Suggestion[] = [];
  const believed: Point[] = [];
  while (suggestions.length < count) {
    const points = [...known, ...believed];
    const process = yield* learn(space, observations(points), random);
    const best = leader(points.slice(0, known.length), process);
    const candidates = candidatesAround(points, space, tried, random);
    const winner = yield* mostPromising(candidates, space, process, best.expected, endsWell);
    if (winner === null) return suggestions;
    const { params, at, prediction } = winner;
    const key = pointKey(space, params);
    tried.add(key);
    believed.push({ params, at, key, mean: prediction.mean, count: 1 });
    suggestions.push({
      params, successProbability: endsWell(at),
      expected: { value: scale.back(prediction.mean), low: scale.back(prediction.mean - 1.96 * prediction.deviation), high: scale.back(prediction.mean + 1.96 * prediction.deviation) },
      motive: prediction.mean < best.expected ? 'better' : 'unknown',
      best: best.point.params, differsIn: differences(space, best.point.params, params),
    });
  }
  return suggestions;
}

/** Losses and times differ by factors, so their logarithm is learnt; other values as they are. */
function logScale(trials: readonly Trial[]): { to: (value: number) => number; back: (value: number) => number } {
  const values = trials.flatMap(({ value }) => value ?? []);
  if (values.some((value) => value <= 0)) return { to: (value) => value, back: (value) => value };
  return { to: Math.log, back: Math.exp };
}

function distinctPoints(trials: readonly Trial[], space: readonly Dimension[], scale: { to: (value: number) => number }): Point[] {
  const points = new Map<string, Point>();
  for (const { params, value } of trials) {
    if (value === null || !Number.isFinite(value)) continue;
    const key = pointKey(space, params);
    const point = points.get(key) ?? { params, at: coordinates(space, params), key, mean: 0, count: 0 };
    points.delete(key);
    points.set(key, { ...point, mean: (point.mean * point.count + scale.to(value)) / (point.count + 1), count: point.count + 1 });
  }
  const all = [...points.values()];
  if (all.length <= MOST_POINTS) return all;
  const best = [...all].sort((a, b) => a.mean - b.mean).slice(0, MOST_POINTS / 2);
  return [...new Set([...best, ...all.slice(-MOST_POINTS / 2)])];
}

/** A few terrible values would be all that the process sees: beyond three spreads from the middle they are cut. */
function observations(points: readonly Point[]): Observations {
  const sorted = points.map(({ mean }) => mean).sort((a, b) => a - b);
  const [low, middle] = [sorted[Math.floor(sorted.length / 4)] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0];
  const most = middle + 4 * Math.max(middle - low, 1e-9);
  return { points: points.map(({ at }) => at), values: points.map(({ mean }) => Math.min(mean, most)), counts: points.map(({ count }) => count) };
}

function leader(points: readonly Point[], process: GaussianProcess): { point: Point; expected: number } {
  const ranked = points.map((point) => ({ point, expected: process.predict(point.at).mean }));
  return ranked.reduce((best, one) => (one.expected < best.expected ? one : best));
}

/** Points anywhere, and near the best ones, that were not tried. */
function candidatesAround(points: readonly Point[], space: readonly Dimension[], tried: ReadonlySet<string>, random: RandomSource): Params[] {
  const best = [...points].sort((a, b) => a.mean - b.mean).slice(0, 5);
  const all = [
    ...Array.from({ length: RANDOM_CANDIDATES }, () => randomPoint(space, random)),
    ...Array.from({ length: NEIGHBOURS }, (_one, index) => neighbour(space, best[index % best.length]?.params ?? {}, random)),
  ];
  const fresh = new Map(all.map((params) => [pointKey(space, params), params]));
  for (const key of tried) fresh.delete(key);
  return [...fresh.values()];
}

function* mostPromising(candidates: readonly Params[], space: readonly Dimension[], process: GaussianProcess, best: number, endsWell: (at: Float64Array) => number): Generator<undefined, { params: Params; at: Float64Array; prediction: Prediction } | null> {
  let [winner, most]: [{ params: Params; at: Float64Array; prediction: Prediction } | null, number] = [null, -1];
  for (const [index, params] of candidates.entries()) {
    const at = coordinates(space, params);
    const prediction = process.predict(at);
    const worth = expectedImprovement(prediction, best) * endsWell(at);
    if (worth > most) [winner, most] = [{ params, at, prediction }, worth];
    if (index % SLICE === SLICE - 1) yield undefined;
  }
  return winner;
}

export function expectedImprovement({ mean, deviation }: Prediction, best: number): number {
  if (deviation < 1e-9) return Math.max(0, best - mean);
  const z = (best - mean) / deviation;
  return deviation * (z * normalCdf(z) + normalDensity(z));
}

/** Weight of the overall success rate, in runs: what is believed where nobody has been. */
const PRIOR_RUNS = 0.3;

/** How runs ended, smoothed over the neighbourhood: a fifth of each range, wider the more parameters there are. */
function successNear(trials: readonly Trial[], space: readonly Dimension[]): (at: Float64Array) => number {
  const ends = trials.slice(-MOST_ENDS).map(({ params, value }) => ({ at: coordinates(space, params), well: value === null ? 0 : 1 }));
  const overall = (1 + ends.filter(({ well }) => well === 1).length) / (2 + ends.length);
  const crowd = Math.max(1, space.length / 2);
  return (at) => {
    let [well, all] = [PRIOR_RUNS * overall, PRIOR_RUNS];
    for (const end of ends) {
      let squares = 0;
      for (let index = 0; index < at.length; index += 1) {
        const difference = (at[index] ?? 0) - (end.at[index] ?? 0);
        squares += space[index]?.scale === 'choice' ? Number(difference !== 0) : (difference / 0.2) ** 2;
      }
      const weight = Math.exp((-0.5 * squares) / crowd);
      well += weight * end.well;
      all += weight;
    }
    return well / all;
  };
}
