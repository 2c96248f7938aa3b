import { condition, learn, type GaussianProcess } from './gaussian-process.js';
import { seededRandom } from './random.js';
import type { Dimension } from './search-space.js';

const SPACE: Dimension[] = [
  { name: 'learningRate', scale: 'log', values: [1e-5, 1e-4, 1e-3] },
  { name: 'loraRank', scale: 'log', values: [4, 16, 64] },
  { name: 'extra.optimizer', scale: 'choice', values: ['AdamW', 'Lion'] },
];
const random = seededRandom(7);
const somewhere = (): Float64Array => Float64Array.of(random(), random(), Math.round(random()));

function taught(): GaussianProcess {
  const points = Array.from({ length: 30 }, somewhere);
  const values = points.map(([rate = 0, rank = 0, optimizer = 0]) => (rate - 0.4) ** 2 + 0.3 * rank + 0.2 * optimizer + 0.01 * random());
  const steps = learn(SPACE, { points, values, counts: points.map(() => 1) }, random);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

describe('a Gaussian process', () => {
  const process = taught();
  const elsewhere = Array.from({ length: 20 }, somewhere);

  it('follows what it was told, and is less certain where nobody has been', () => {
    expect(process.predict(Float64Array.of(0.4, 0, 0)).mean).toBeLessThan(process.predict(Float64Array.of(1, 1, 1)).mean - 0.3);
    expect(process.predict(Float64Array.of(5, 5, 0)).deviation).toBeGreaterThan(process.predict(Float64Array.of(0.5, 0.5, 0)).deviation);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('says of %i points what it was told of them where nothing is noise', (count) => {
    const points = Array.from({ length: count }, (_one, index) => Float64Array.of(index / 10, (index * index) / 100, index % 2));
    const values = points.map((_point, index) => Math.sin(index));
    const lengths = Float64Array.of(-1, -1, 0);
    const exact = condition([false, false, true], { points, values, counts: points.map(() => 1) }, { lengths, noise: Math.log(1e-9) });
    points.forEach((point, index) => expect(exact.predict(point).mean).toBeCloseTo(Math.sin(index), 3));
  });

  it('expects the same as before when it is told what it expected, but with more certainty there', () => {
    const point = Float64Array.of(0.9, 0.1, 1);
    const told = process.with(point, process.predict(point).mean);
    for (const other of elsewhere) {
      expect(told.predict(other).mean).toBeCloseTo(process.predict(other).mean, 10);
      expect(told.predict(other).deviation).toBeLessThanOrEqual(process.predict(other).deviation + 1e-12);
    }
    expect(told.predict(point).deviation).toBeLessThan(process.predict(point).deviation);
  });

  it('says, told one value after the other, what one says that was told all at once', () => {
    const points = Array.from({ length: 12 }, somewhere);
    const observations = { points, values: points.map(() => random()), counts: points.map((_point, index) => (index < 8 ? 1 + index : 1)) };
    const hyper = { lengths: Float64Array.of(-0.3, -1, 0.2), noise: -2 };
    const isChoice = SPACE.map(({ scale }) => scale === 'choice');
    const first = { points: points.slice(0, 8), values: observations.values.slice(0, 8), counts: observations.counts.slice(0, 8) };
    const grown = points
      .slice(8)
      .reduce((so, point, index) => so.with(point, observations.values[8 + index] ?? 0), condition(isChoice, first, hyper));
    const whole = condition(isChoice, observations, hyper);
    for (const point of elsewhere) {
      expect(grown.predict(point).mean).toBeCloseTo(whole.predict(point).mean, 9);
      expect(grown.predict(point).deviation).toBeCloseTo(whole.predict(point).deviation, 9);
    }
  });

  it('doubts itself by how far each value lies from what the others say of it', () => {
    const points = Array.from({ length: 9 }, somewhere);
    const observations = { points, values: points.map((_point, index) => (index % 2 === 0 ? 3 : -3)), counts: points.map(() => 2) };
    const hyper = { lengths: Float64Array.of(0, 0, 0), noise: -3 };
    const isChoice = SPACE.map(({ scale }) => scale === 'choice');
    const without = <T>(items: readonly T[], left: number): T[] => items.filter((_item, index) => index !== left);
    const residuals = points.map((point, left) => {
      const others = {
        points: without(points, left),
        values: without(observations.values, left),
        counts: without(observations.counts, left),
      };
      const { mean, deviation } = condition(isChoice, others, hyper).predict(point);
      return (observations.values[left]! - mean) ** 2 / (deviation ** 2 + Math.exp(-3) / 2);
    });
    const { doubt } = condition(isChoice, observations, hyper);
    expect(doubt).toBeCloseTo(Math.sqrt(residuals.reduce((sum, one) => sum + one, 0) / 9), 3);
    expect(doubt).toBeGreaterThan(1);
    expect(condition(isChoice, { ...observations, values: points.map(() => 0.1) }, hyper).doubt).toBe(1);
  });

  it('is less certain of what lies elsewhere than of what lies among what it was told', () => {
    const near = Array.from({ length: 12 }, () => Float64Array.of(0.1 * random(), 0.1 * random(), 0));
    const told = { points: near, values: near.map(() => 0), counts: near.map(() => 1) };
    const isChoice = SPACE.map(({ scale }) => scale === 'choice');
    // Away from everything the mean of all values is uncertain too, beside the values around it.
    expect(
      condition(isChoice, told, { lengths: Float64Array.of(-1, -1, -1), noise: -3 }).predict(Float64Array.of(9, 9, 1)).deviation,
    ).toBeGreaterThan(1.2);
  });

  it('moves towards a value that it did not expect', () => {
    const point = Float64Array.of(0.9, 0.1, 1);
    const { mean, deviation } = process.predict(point);
    const told = process.with(point, mean + 10 * deviation).predict(point).mean;
    expect(told).toBeGreaterThan(mean);
    expect(told).toBeLessThan(mean + 10 * deviation);
  });

  it('says the same of a point whether it goes on from what it knew of it or begins anew', () => {
    for (const point of elsewhere) {
      const known: number[] = [];
      let grown = process;
      for (const other of elsewhere.slice(0, 4)) {
        expect(grown.predict(point, known)).toEqual(grown.predict(point));
        grown = grown.with(other, 0.5);
      }
      expect(grown.predict(point, known)).toEqual(grown.predict(point));
      expect(grown.predict(point, known)).toEqual(grown.predict(point));
    }
  });
});
