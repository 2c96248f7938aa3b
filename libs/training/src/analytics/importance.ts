import { student95, studentTail } from './distributions.js';
import { benjaminiHochberg } from './false-discovery.js';
import { growTree, predict, type Feature, type RegressionTree } from './forest.js';
import { randomIndex, seededRandom, shuffled, type RandomSource } from './random.js';
import { FINDING_Q } from './suspects.js';

export interface ParameterImportance {
  parameter: string;
  /** Share of the target's variance that is lost from the prediction when this parameter is shuffled; about 0 for one without effect. */
  importance: number;
  /** 95 % interval over the repeats. */
  low: number;
  high: number;
  /** Probability of this much without an effect, corrected for the number of parameters. */
  q: number;
  /** q ≤ 0.05: worth saying. */
  notable: boolean;
}

export interface ImportanceResult {
  parameters: ParameterImportance[];
  /** Share of the variance the forest explains on rows it has not seen; at or below 0 it knows nothing. */
  explained: number;
}

/** Fewer rows than this tell a forest nothing that it could be held to. */
export const IMPORTANCE_NEEDS = 40;

const REPEATS = 12;
const WIDTH = student95(REPEATS - 1);
const TREES = 20;

/**
 * How much each parameter matters for a target: permutation importance (Breiman 2001) of small random forests. Each repeat grows a
 * forest of 20 trees on a random half of the rows and asks it about rows its trees have not seen. The spread over halves is the standard
 * error (delete-half jackknife: J. Shao and C. F. J. Wu, Annals of Statistics 17 (1989) 1176–1197), so that the interval speaks of the
 * data and not only of the forest's dice. As few halves only estimate it, a share over its error follows Student's t with one degree of
 * freedom less than there are halves (K. M. Wolter, "Introduction to Variance Estimation", 2nd ed. 2007, chapter 2), not the normal.
 *
 * @param target one value per row; ranks are more robust than raw losses
 * @param seed same seed and data, same answer
 * @returns the largest importance first. Yields after each repeat, a few milliseconds of work, so that a server can do other things
 */
export function* importanceSteps(features: readonly Feature[], target: Float64Array, seed: number): Generator<undefined, ImportanceResult> {
  const random = seededRandom(seed);
  const repeats: Repeat[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const half = shuffled(Array.from(target.keys()), random).slice(0, Math.ceil(target.length / 2));
    repeats.push(oneForest(features, target, half, random));
    yield undefined;
  }
  return summarise(features, repeats);
}

interface Repeat {
  importance: number[];
  explained: number;
}

function oneForest(features: readonly Feature[], target: Float64Array, rows: readonly number[], random: RandomSource): Repeat {
  const variance = varianceOf(target, rows);
  const lost = features.map(() => 0);
  const [guesses, votes] = [new Float64Array(target.length), new Float64Array(target.length)];
  let asked = 0;
  for (let tree = 0; tree < TREES; tree += 1) {
    const drawn = Int32Array.from(rows, () => rows[randomIndex(random, rows.length)] ?? 0);
    const taken = new Set(drawn);
    const unseen = rows.filter((row) => !taken.has(row));
    const grown = growTree(features, target, drawn, random);
    const plain = squaredError(grown, features, target, unseen);
    asked += unseen.length;
    for (const row of unseen) {
      guesses[row] = (guesses[row] ?? 0) + predict(grown, features, row);
      votes[row] = (votes[row] ?? 0) + 1;
    }
    const donors = shuffled(unseen, random);
    features.forEach((_feature, index) => {
      if (grown.feature.includes(index))
        lost[index] = (lost[index] ?? 0) + squaredError(grown, features, target, unseen, index, donors) - plain;
    });
  }
  const voted = rows.filter((row) => (votes[row] ?? 0) > 0);
  const error = meanOf(voted.map((row) => ((guesses[row] ?? 0) / (votes[row] ?? 1) - (target[row] ?? 0)) ** 2));
  const scale = Math.max(variance, Number.MIN_VALUE);
  return { importance: lost.map((sum) => sum / Math.max(1, asked) / scale), explained: 1 - error / scale };
}

function squaredError(
  tree: RegressionTree,
  features: readonly Feature[],
  target: Float64Array,
  rows: readonly number[],
  permuted = -1,
  donors: readonly number[] = rows,
): number {
  let sum = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    sum += (predict(tree, features, row, permuted, donors[index] ?? row) - (target[row] ?? 0)) ** 2;
  }
  return sum;
}

function summarise(features: readonly Feature[], repeats: readonly Repeat[]): ImportanceResult {
  const found = features.map(({ name }, index) => {
    const values = repeats.map(({ importance }) => importance[index] ?? 0);
    const mean = meanOf(values);
    const error = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)) * (REPEATS / (REPEATS - 1)));
    return {
      parameter: name,
      importance: mean,
      low: mean - WIDTH * error,
      high: mean + WIDTH * error,
      p: error > 0 ? studentTail(mean / error, REPEATS - 1) : 1,
    };
  });
  const qs = benjaminiHochberg(found.map(({ p }) => p));
  const parameters = found.map(({ p: _p, ...rest }, index) => ({ ...rest, q: qs[index] ?? 1, notable: (qs[index] ?? 1) <= FINDING_Q }));
  return {
    parameters: parameters.sort((a, b) => b.importance - a.importance),
    explained: meanOf(repeats.map(({ explained }) => explained)),
  };
}

function varianceOf(target: Float64Array, rows: readonly number[]): number {
  const mean = meanOf(rows.map((row) => target[row] ?? 0));
  return meanOf(rows.map((row) => ((target[row] ?? 0) - mean) ** 2));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Ranks scaled to 0..1, ties in the middle: a loss of 1e6 among losses of 0.1 is then the worst one, not the only one. */
export function scaledRanks(values: readonly number[]): Float64Array {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && order[to]?.value === order[from]?.value) to += 1;
    for (let at = from; at < to; at += 1) ranks[order[at]?.index ?? 0] = (from + to - 1) / 2 / Math.max(1, order.length - 1);
    from = to;
  }
  return ranks;
}
