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
const MOST_POINTS = 80;
const RANDOM_CANDIDATES = 500;
const NEIGHBOURS = 300;
const SLICE = 100;
/** Latest runs that the probability of success goes by. */
const MOST_ENDS = 200;
/** Fewer finished points than this are no basis. */
export const SUGGEST_NEEDS = 4;

interface Point {
  params: Params;
  at: Float64Array;
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
export function* suggestSteps(
  trials: readonly Trial[],
  space: readonly Dimension[],
  count: number,
  seed: number,
): Generator<undefined, Suggestion[]> {
  const random = seededRandom(seed);
  const scale = logScale(trials);
  const known = distinctPoints(trials, space, scale);
  if (known.length < SUGGEST_NEEDS || space.length === 0) return [];
  const tried = new Set(trials.map(({ params }) => pointKey(space, params)));
  const endsWell = successNear(trials, space);
  const suggestions: Suggestion[] = [];
  let process = yield* learn(space, observations(known), random);
  const best = leader(known, process);
  const candidates = yield* candidatesAround(known, space, tried, endsWell, random);
  while (suggestions.length < count) {
    const winner = yield* mostPromising(candidates, process, best.expected);
    if (winner === null) return suggestions;
    const {
      candidate: { params, at, endsWell: successProbability },
      prediction,
    } = winner;
    candidates.delete(winner.candidate);
    process = process.with(at, prediction.mean);
    suggestions.push({
      params,
      successProbability,
      expected: {
        value: scale.back(prediction.mean),
        low: scale.back(prediction.mean - 1.96 * prediction.deviation),
        high: scale.back(prediction.mean + 1.96 * prediction.deviation),
      },
      motive: prediction.mean < best.expected ? 'better' : 'unknown',
      best: best.point.params,
      differsIn: differences(space, best.point.params, params),
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
    const point = points.get(key) ?? { params, at: coordinates(space, params), mean: 0, count: 0 };
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
  return {
    points: points.map(({ at }) => at),
    values: points.map(({ mean }) => Math.min(mean, most)),
    counts: points.map(({ count }) => count),
  };
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
  const isChoice = space.map(({ scale }) => scale === 'choice');
  return (at) => {
    let [well, all] = [PRIOR_RUNS * overall, PRIOR_RUNS];
    for (const end of ends) {
      let squares = 0;
      for (let index = 0; index < at.length; index += 1) {
        const difference = (at[index] ?? 0) - (end.at[index] ?? 0);
        squares += isChoice[index] === true ? Number(difference !== 0) : (difference / 0.2) ** 2;
      }
      const weight = Math.exp((-0.5 * squares) / crowd);
      well += weight * end.well;
      all += weight;
    }
    return well / all;
  };
}
