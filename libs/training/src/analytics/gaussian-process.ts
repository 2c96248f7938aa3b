import { decompose, LEAST_SQUARE, solveLower } from './cholesky.js';
import { closeness, drawFrom, logPrior, moved, priorMean, type Hyperparameters } from './hyperparameters.js';
import type { RandomSource } from './random.js';
import type { Dimension } from './search-space.js';

/** What a Gaussian process is told: coordinates, observed values, and how many runs each value is the mean of. */
export interface Observations {
  points: readonly Float64Array[];
  values: readonly number[];
  counts: readonly number[];
  /** Sum of the squared distances of the runs from the mean of their point, which tells most about noise; may be absent. */
  squares?: number;
  /** Standard deviation that the values are taken to have at least; theirs when absent, and 1 where they are all the same. */
  leastSpread?: number;
}

/** Of the mean of a point; single runs spread around it, see {@link GaussianProcess.noise}. */
export interface Prediction {
  mean: number;
  deviation: number;
}

/** A process that has learnt its observations. */
export interface GaussianProcess {
  /** Standard deviation of a single run around the mean of its point, which no prediction includes. */
  readonly noise: number;
  /** How many times its deviations the observed values lie from what it says of each by the others; at least 1. */
  readonly doubt: number;
  /**
   * @param known what was worked out for this point before, empty at first. It is added to: the same process needs nothing more, and one
   *   that was told a value more needs one number more, so that to ask again takes n multiplications instead of n²/2
   */
  predict(point: Float64Array, known?: number[]): Prediction;
  /** The same process, told one value more; what it has learnt about distances and noise stays. */
  with(point: Float64Array, value: number): GaussianProcess;
}

/**
 * Variance of the mean of all values around that of the observed ones. Those are mostly of the good places, where people and suggestions
 * have been, so that it says little about anywhere else (Rasmussen and Williams, section 2.7).
 */
const OF_MEAN = 10;
const DRAWS = 16;
const JITTER = 1e-6;
const NOTHING = new Float64Array();

/**
 * Learns a function of several parameters from noisy values: C. E. Rasmussen and C. K. I. Williams, "Gaussian Processes for Machine
 * Learning" (2006), algorithm 2.1, with the Matérn 5/2 kernel (eq. 4.17), a length scale per parameter, and parameters without an order at
 * distance 1. Length scales and noise are those of the highest posterior among 16 draws and a coordinate search from the best of them.
 *
 * @returns a process. Yields between fits; one fit takes n³/3 multiplications
 */
export function* learn(
  space: readonly Dimension[],
  observations: Observations,
  random: RandomSource,
): Generator<undefined, GaussianProcess> {
  const mean = observations.values.reduce((sum, value) => sum + value, 0) / observations.values.length;
  const deviation = Math.sqrt(observations.values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / observations.values.length);
  const spread = Math.max(deviation, observations.leastSpread ?? 0) || 1;
  const standard = {
    ...observations,
    values: observations.values.map((value) => (value - mean) / spread),
    ...(observations.squares === undefined ? {} : { squares: observations.squares / spread ** 2 }),
  };
  const isChoice = space.map(({ scale }) => scale === 'choice');
  const apart = separations(isChoice, standard.points);
  // One room for all fits: of each only beliefs and posterior are kept, and megabytes left behind would cost more than the arithmetic in them.
  const room = roomFor(standard.points.length);
  let best: Pick<Fitted, 'hyper' | 'posterior'> = fit(apart, standard, priorMean(space.length), room);
  const consider = (candidate: Hyperparameters): boolean => {
    const fitted = fit(apart, standard, candidate, room);
    const isBetter = fitted.posterior > best.posterior;
    if (isBetter) best = fitted;
    return isBetter;
  };
  for (let draw = 0; draw < DRAWS; draw += 1) {
    consider(drawFrom(space.length, random));
    yield undefined;
  }
  for (const step of [0.5, 0.25]) {
    for (let index = 0; index <= space.length; index += 1) {
      if (!consider(moved(best.hyper, index, step))) consider(moved(best.hyper, index, -step));
      yield undefined;
    }
  }
  return condition(isChoice, standard, best.hyper, { mean, spread });
}

/** The process that has seen the observations, under given beliefs. @param scale what its values must be multiplied with and moved by */
export function condition(
  isChoice: readonly boolean[],
  observations: Observations,
  hyper: Hyperparameters,
  scale = { mean: 0, spread: 1 },
): GaussianProcess {
  const { points } = observations;
  const { cholesky, whitened } = fit(separations(isChoice, points), observations, hyper, roomFor(points.length));
  const rows = points.map((_point, row) => cholesky.subarray(row * points.length, row * points.length + row + 1));
  return new Process(isChoice, hyper, { points, rows, whitened: [...whitened] }, scale, doubtOf(rows, whitened));
}

/**
 * Root mean square of the leave-one-out residuals, each over its deviation (Rasmussen and Williams, eq. 5.12). It is 1 where the beliefs
 * hold; multiplying deviations by it is the cross-validated estimate of variance, which stands kernels that do not fit better than maximum
 * likelihood does (F. Bachoc, Computational Statistics and Data Analysis 66 (2013) 55–69). Never below 1: few points may agree by luck.
 */
function doubtOf(rows: readonly Float64Array[], whitened: Float64Array): number {
  let sum = 0;
  for (let left = 0; left < rows.length; left += 1) {
    // A column of L⁻¹ at a time; the residual is [K⁻¹ y] / [K⁻¹], its variance 1 / [K⁻¹], at this place of both.
    const column = new Float64Array(rows.length);
    let [away, precision] = [0, 0];
    for (let row = left; row < rows.length; row += 1) {
      const lower = rows[row];
      let value = row === left ? 1 : 0;
      for (let at = left; at < row; at += 1) value -= (lower?.[at] ?? 0) * (column[at] ?? 0);
      value /= lower?.[row] ?? 1;
      column[row] = value;
      away += value * (whitened[row] ?? 0);
      precision += value * value;
    }
    sum += (away * away) / precision;
  }
  return Math.max(1, Math.sqrt(sum / rows.length));
}

/** What its observations have become: with L Lᵀ their covariance, the rows of L, and L⁻¹ times their values. One more observation adds one more of each. */
interface Learnt {
  points: readonly Float64Array[];
  rows: readonly Float64Array[];
  whitened: readonly number[];
}

class Process implements GaussianProcess {
  readonly noise: number;
  private readonly weights: Float64Array;

  constructor(
    private readonly isChoice: readonly boolean[],
    private readonly hyper: Hyperparameters,
    private readonly learnt: Learnt,
    private readonly scale: { mean: number; spread: number },
    readonly doubt: number,
  ) {
    this.weights = closeness(hyper);
    this.noise = scale.spread * Math.exp(hyper.noise / 2);
  }

  predict(point: Float64Array, known: number[] = []): Prediction {
    const { points, rows, whitened } = this.learnt;
    for (let row = known.length; row < points.length; row += 1) {
      const lower = rows[row] ?? NOTHING;
      let sum = this.resemblance(point, points[row] ?? point);
      for (let column = 0; column < row; column += 1) sum -= (lower[column] ?? 0) * (known[column] ?? 0);
      known.push(sum / (lower[row] ?? 1));
    }
    let [z, explained] = [0, 0];
    for (let row = 0; row < points.length; row += 1) {
      const half = known[row] ?? 0;
      z += half * (whitened[row] ?? 0);
      explained += half * half;
    }
    return {
      mean: this.scale.mean + this.scale.spread * z,
      deviation: this.scale.spread * Math.sqrt(Math.max(0, 1 + OF_MEAN - explained)),
    };
  }

  private resemblance(a: Float64Array, b: Float64Array): number {
    let distance = 0;
    for (let index = 0; index < this.weights.length; index += 1)
      distance += separation(this.isChoice[index] === true, a[index] ?? 0, b[index] ?? 0) * (this.weights[index] ?? 0);
    return kernel(distance);
  }

  with(point: Float64Array, value: number): GaussianProcess {
    const { points, rows, whitened } = this.learnt;
    const known: number[] = [];
    const { mean } = this.predict(point, known);
    const end = Math.sqrt(
      Math.max(
        known.reduce((left, half) => left - half * half, 1 + OF_MEAN + Math.exp(this.hyper.noise) + JITTER),
        LEAST_SQUARE,
      ),
    );
    const learnt = {
      points: [...points, point],
      rows: [...rows, Float64Array.of(...known, end)],
      whitened: [...whitened, (value - mean) / this.scale.spread / end],
    };
    return new Process(this.isChoice, this.hyper, learnt, this.scale, this.doubt);
  }
}

interface Fitted {
  hyper: Hyperparameters;
  /** Lower triangle, row by row, n × n. */
  cholesky: Float64Array;
  /** The inverse of that triangle times the values. */
  whitened: Float64Array;
  /** Log posterior up to a constant. */
  posterior: number;
}

/** What a fit works in. */
interface Room {
  distances: Float64Array;
  cholesky: Float64Array;
}

function roomFor(n: number): Room {
  return { distances: new Float64Array((n * (n - 1)) / 2), cholesky: new Float64Array(n * n) };
}

/**
 * @param apart see {@link separations}
 * @returns a triangle that lies in the room
 */
function fit(
  apart: readonly Float64Array[],
  { points, values, counts, squares }: Observations,
  hyper: Hyperparameters,
  { distances, cholesky }: Room,
): Fitted {
  const n = points.length;
  const noise = Math.exp(hyper.noise);
  const weights = closeness(hyper);
  distances.fill(0);
  apart.forEach((along, index) => {
    const weight = weights[index] ?? 0;
    for (let pair = 0; pair < distances.length; pair += 1) distances[pair] = (distances[pair] ?? 0) + (along[pair] ?? 0) * weight;
  });
  for (let row = 0, pair = 0; row < n; row += 1) {
    for (let column = 0; column < row; column += 1, pair += 1) cholesky[row * n + column] = kernel(distances[pair] ?? 0);
    cholesky[row * n + row] = 1 + OF_MEAN + noise / (counts[row] ?? 1) + JITTER;
  }
  decompose(cholesky, n);
  const whitened = solveLower(cholesky, n, Float64Array.from(values));
  let posterior = logPrior(hyper);
  // Runs of one point differ by noise alone: their likelihood beside that of the means.
  if (squares !== undefined) posterior -= 0.5 * (counts.reduce((sum, count) => sum + count - 1, 0) * hyper.noise + squares / noise);
  for (let row = 0; row < n; row += 1) posterior -= 0.5 * (whitened[row] ?? 0) ** 2 + Math.log(cholesky[row * n + row] ?? 1);
  return { hyper, cholesky, whitened, posterior };
}

/** The squared distance of two points along one dimension. */
function separation(isChoice: boolean, a: number, b: number): number {
  const difference = a - b;
  return isChoice ? Number(difference !== 0) : difference * difference;
}

/** For each dimension the squared distances of each point to all before it, which are the same for every fit of a search. */
function separations(isChoice: readonly boolean[], points: readonly Float64Array[]): Float64Array[] {
  return isChoice.map((choice, index) => {
    const along = new Float64Array((points.length * (points.length - 1)) / 2);
    let pair = 0;
    points.forEach((point, row) => {
      for (let column = 0; column < row; column += 1, pair += 1)
        along[pair] = separation(choice, point[index] ?? 0, points[column]?.[index] ?? 0);
    });
    return along;
  });
}

/** Matérn 5/2 with unit variance, around a mean that is the same everywhere and not known. @param squares weighted sum of squared distances */
function kernel(squares: number): number {
  const scaled = Math.sqrt(5 * squares);
  return OF_MEAN + (1 + scaled + (scaled * scaled) / 3) * Math.exp(-scaled);
}
