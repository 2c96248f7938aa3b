import * as fc from 'fast-check';
import { downsample } from './downsample.js';

const value = fc.oneof(
  { weight: 20, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  fc.constantFrom(NaN, Infinity, -Infinity),
);
const curve = fc.array(value, { maxLength: 2000 });
const limit = fc.integer({ min: 10, max: 300 });

it('leaves a curve alone that fits', () => {
  expect(downsample([3, 1, 2], 10)).toEqual([0, 1, 2]);
  expect(downsample([], 10)).toEqual([]);
});

it('keeps a single spike among a hundred thousand points', () => {
  const values = Array.from({ length: 100_000 }, () => 1);
  values[77_777] = 9;
  values[33_333] = -9;
  expect(downsample(values, 100)).toEqual(expect.arrayContaining([0, 33_333, 77_777, 99_999]));
});

it('keeps the place where a run became NaN', () => {
  const values = Array.from({ length: 10_000 }, (_one, index) => (index < 6543 ? 1 / index : NaN));
  expect(downsample(values, 50)).toContain(6543);
});

it('keeps first, last, lowest and highest point, in order, each once', () => {
  fc.assert(
    fc.property(curve, limit, (values, maxPoints) => {
      const kept = downsample(values, maxPoints);
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      expect(kept.every((index) => Number.isInteger(index) && index >= 0 && index < values.length)).toBe(true);
      if (values.length === 0) return;
      expect(kept).toEqual(expect.arrayContaining([0, values.length - 1]));
      const finite = values.filter(Number.isFinite);
      if (finite.length === 0) return;
      const shown = kept.map((index) => values[index]!).filter(Number.isFinite);
      expect(Math.min(...shown)).toBe(Math.min(...finite));
      expect(Math.max(...shown)).toBe(Math.max(...finite));
    }),
  );
});

it('keeps a sign of NaN and infinities, wherever they are', () => {
  fc.assert(
    fc.property(curve, limit, (values, maxPoints) => {
      const isStrange = (index: number): boolean => !Number.isFinite(values[index]);
      const first = values.findIndex((one) => !Number.isFinite(one));
      const kept = downsample(values, maxPoints);
      expect(kept.some(isStrange)).toBe(first >= 0);
      if (first >= 0) expect(kept).toContain(first);
    }),
  );
});

it('answers no more points than asked for, and at most half as many again for the strange ones', () => {
  fc.assert(
    fc.property(curve, limit, (values, maxPoints) => {
      const kept = downsample(values, maxPoints);
      const strange = kept.filter((index) => !Number.isFinite(values[index])).length;
      expect(kept.length - strange).toBeLessThanOrEqual(maxPoints);
      expect(strange).toBeLessThanOrEqual(Math.max(values.length <= maxPoints ? maxPoints : 0, maxPoints / 2 + 2));
    }),
  );
});
