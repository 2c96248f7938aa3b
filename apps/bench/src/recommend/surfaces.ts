import { randomNormal, type Dimension, type Params, type RandomSource } from '@lora-ledger/training';

/** A made-up training: what a configuration comes to, as LoRA trainings behave. */
export interface Surface {
  name: string;
  /** What people try. */
  space: Dimension[];
  /** Nothing beside these points has a result. */
  isRecorded?: true;
  /** Loss without noise; `null` where training always fails. */
  loss(params: Params): number | null;
  /** Probability that a run fails although it need not. */
  failing(params: Params): number;
  /** Relative spread of the loss between runs of one configuration. */
  noise: number;
}

const log = (name: string, values: number[]): Dimension => ({ name, scale: 'log', values });
const RANK = log('loraRank', [4, 8, 16, 32, 64, 128]);
const RATE = log('learningRate', [1e-5, 2e-5, 3e-5, 5e-5, 7e-5, 1e-4, 1.5e-4, 2e-4, 3e-4, 5e-4, 7e-4, 1e-3, 2e-3]);
const ALPHA = log('loraAlpha', [4, 8, 16, 32, 64, 128]);
const BATCH = log('batchSize', [1, 2, 4, 8, 16]);
const EPOCHS = log('epochs', [2, 4, 6, 8, 10, 15, 20, 30]);
const OPTIMIZER: Dimension = { name: 'extra.optimizer', scale: 'choice', values: ['AdamW', 'Lion', 'Prodigy'] };
const DROPOUT: Dimension = { name: 'extra.dropout', scale: 'linear', values: [0, 0.05, 0.1, 0.2, 0.3] };
const WARMUP: Dimension = { name: 'extra.warmup', scale: 'linear', values: [0, 50, 100, 200, 400] };
const SCHEDULER: Dimension = { name: 'extra.scheduler', scale: 'choice', values: ['constant', 'cosine', 'linear', 'polynomial'] };

const number = (params: Params, name: string): number => Number(params[name]);
const off = (params: Params, name: string, best: number, base = Math.log10): number => base(number(params, name) / best);

export const SURFACES: readonly Surface[] = [
  {
    name: 'bowl: one best rate, rank saturates',
    space: [RANK, RATE, BATCH, EPOCHS],
    noise: 0.02,
    failing: () => 0.03,
    loss: (p) =>
      0.08 +
      0.06 * off(p, 'learningRate', 1e-4) ** 2 +
      0.1 / number(p, 'loraRank') +
      0.01 * Math.abs(off(p, 'batchSize', 4, Math.log2)) +
      0.05 / number(p, 'epochs'),
  },
  {
    name: 'ridge: rate times alpha / rank counts',
    space: [RANK, ALPHA, RATE, BATCH],
    noise: 0.03,
    failing: () => 0.05,
    loss: (p) =>
      0.07 +
      0.08 * Math.log10((number(p, 'learningRate') * number(p, 'loraAlpha')) / number(p, 'loraRank') / 1e-4) ** 2 +
      0.008 * Math.abs(off(p, 'loraRank', 32, Math.log2)) +
      0.004 * Math.abs(off(p, 'batchSize', 2, Math.log2)),
  },
  {
    name: 'cliff: better and better, then divergence',
    space: [RANK, RATE, ALPHA, EPOCHS],
    noise: 0.02,
    failing: (p) => (number(p, 'learningRate') > 2e-4 ? 0.3 : 0.02),
    loss: (p) =>
      number(p, 'learningRate') * Math.sqrt(number(p, 'loraAlpha') / 16) > 5e-4
        ? null
        : 0.06 + 0.05 * off(p, 'learningRate', 5e-4) ** 2 + 0.02 * Math.abs(off(p, 'loraRank', 64)) + 0.1 / number(p, 'epochs'),
  },
  {
    name: 'optimizers want different rates',
    space: [RANK, RATE, OPTIMIZER, SCHEDULER],
    noise: 0.03,
    failing: () => 0.05,
    loss: (p) => {
      const [best, floor] = { AdamW: [1e-4, 0.1], Lion: [2e-5, 0.085], Prodigy: [1e-3, 0.11] }[String(p['extra.optimizer'])] ?? [1e-4, 0.1];
      return (
        (floor ?? 0) +
        0.07 * off(p, 'learningRate', best ?? 1e-4) ** 2 +
        0.01 * Math.abs(off(p, 'loraRank', 16, Math.log2)) +
        (p['extra.scheduler'] === 'cosine' ? 0 : 0.008)
      );
    },
  },
  {
    name: 'batch scales the best rate; noisy',
    space: [RANK, RATE, BATCH, EPOCHS],
    noise: 0.08,
    failing: () => 0.1,
    loss: (p) =>
      0.09 +
      0.07 * Math.log10(number(p, 'learningRate') / (3e-5 * number(p, 'batchSize'))) ** 2 +
      0.012 * Math.abs(off(p, 'epochs', 15, Math.log2)) +
      0.006 * Math.abs(off(p, 'loraRank', 32, Math.log2)),
  },
  {
    name: 'two valleys, the deeper one narrow',
    space: [RANK, RATE, ALPHA, DROPOUT],
    noise: 0.03,
    failing: () => 0.05,
    loss: (p) =>
      Math.min(0.12 + 0.03 * off(p, 'learningRate', 3e-5) ** 2, 0.07 + 0.3 * off(p, 'learningRate', 5e-4) ** 2) +
      0.01 * Math.abs(off(p, 'loraRank', 16, Math.log2)) +
      0.004 * Math.abs(off(p, 'loraAlpha', 32, Math.log2)) +
      0.05 * number(p, 'extra.dropout'),
  },
  {
    name: 'memory: large rank and batch do not fit',
    space: [RANK, RATE, BATCH, EPOCHS],
    noise: 0.02,
    failing: () => 0.02,
    loss: (p) =>
      number(p, 'loraRank') * number(p, 'batchSize') > 256
        ? null
        : 0.06 +
          0.05 * off(p, 'learningRate', 2e-4) ** 2 +
          0.25 / number(p, 'loraRank') +
          0.03 / number(p, 'batchSize') +
          0.04 / number(p, 'epochs'),
  },
  {
    name: 'eight parameters, of which three matter',
    space: [RANK, ALPHA, RATE, BATCH, OPTIMIZER, SCHEDULER, DROPOUT, WARMUP],
    noise: 0.04,
    failing: () => 0.08,
    loss: (p) =>
      0.08 +
      0.06 * off(p, 'learningRate', 1e-4) ** 2 +
      0.012 * Math.abs(off(p, 'loraRank', 32, Math.log2)) +
      (p['extra.optimizer'] === 'Lion' ? 0 : 0.02),
  },
];

/** One run: a noisy loss, or `null` for a failure. */
export function train(surface: Surface, params: Params, random: RandomSource): number | null {
  const loss = surface.loss(params);
  const [luck, noise] = [random(), randomNormal(random)];
  return loss === null || luck < surface.failing(params) ? null : loss * Math.exp(surface.noise * noise);
}
