import type { Random } from '../random.js';
import type { SeededTask } from './a-task.js';

/** One curve and what `metric_summary` says of it. */
export interface Curve {
  key: string;
  points: number;
  /** Steps from one point to the next. */
  stride: number;
  /** Milliseconds. */
  firstAt: number;
  msPerPoint: number;
  epochPerPoint: number;
  value(index: number): number;
}

/** Loss always, learning rate and gradient norm sometimes. A task that never started has none. */
export function curvesOf(random: Random, task: SeededTask, points: number): Curve[] {
  if (task.startedAt === null || task.endedAt === null || points < 1) return [];
  const keys = ['loss', ...(random.chance(0.5) ? ['lr'] : []), ...(random.chance(0.3) ? ['grad_norm'] : [])];
  const each = Math.max(1, Math.round(points / keys.length));
  return keys.map((key) => ({
    key,
    points: each,
    stride: random.favourite([1, 10, 50]),
    firstAt: task.startedAt ?? 0,
    msPerPoint: Math.max(1, Math.floor(((task.endedAt ?? 0) - (task.startedAt ?? 0)) / each)),
    epochPerPoint: task.epochs / each,
    value: shapeOf(key, random, task, each),
  }));
}

/** A falling, noisy loss that may diverge; a cosine learning rate; a noisy norm. */
function shapeOf(key: string, random: Random, task: SeededTask, points: number): (index: number) => number {
  if (key === 'lr') return (index) => task.learningRate * 0.5 * (1 + Math.cos((Math.PI * index) / points));
  if (key === 'grad_norm') return () => 0.2 + 0.3 * random.next();
  const [floor, drop, noise] = [0.04 + 0.1 * random.next(), 0.2 + 0.3 * random.next(), 0.01 + 0.02 * random.next()];
  const diverges = task.failureReason === 'NAN_LOSS' ? Math.floor(points * 0.8) : Infinity;
  return (index) =>
    index >= diverges ? NaN : floor + drop * Math.exp((-5 * index) / points) + noise * random.next() + (random.next() < 0.001 ? 0.5 : 0);
}
