import { randomNormal, type RandomSource } from './random.js';

/** Natural logarithms: how far along each dimension values resemble one another, and the noise of a single run against the signal. */
export interface Hyperparameters {
  lengths: Float64Array;
  noise: number;
}

/** Beliefs before any data, as means and deviations of the logarithms: a length of half the range, a tenth of the variance noise. */
const PRIOR = { length: { mean: Math.log(0.5), deviation: 0.8 }, noise: { mean: Math.log(0.1), deviation: 1 } };

/** How much a squared distance along each dimension counts: 1 / length². */
export function closeness({ lengths }: Hyperparameters): Float64Array {
  return lengths.map((length) => Math.exp(-2 * length));
}

export function logPrior({ lengths, noise }: Hyperparameters): number {
  const square = (value: number, { mean, deviation }: { mean: number; deviation: number }): number => ((value - mean) / deviation) ** 2;
  return -0.5 * (lengths.reduce((sum, length) => sum + square(length, PRIOR.length), 0) + square(noise, PRIOR.noise));
}

export function priorMean(dimensions: number): Hyperparameters {
  return { lengths: new Float64Array(dimensions).fill(PRIOR.length.mean), noise: PRIOR.noise.mean };
}

export function drawFrom(dimensions: number, random: RandomSource): Hyperparameters {
  const draw = ({ mean, deviation }: { mean: number; deviation: number }): number => mean + deviation * randomNormal(random);
  return { lengths: Float64Array.from({ length: dimensions }, () => draw(PRIOR.length)), noise: draw(PRIOR.noise) };
}

/** One hyperparameter moved, the noise standing after the lengths. */
export function moved({ lengths, noise }: Hyperparameters, index: number, step: number): Hyperparameters {
  return index === lengths.length
    ? { lengths, noise: noise + step }
    : { lengths: lengths.map((length, at) => (at === index ? length + step : length)), noise };
}
