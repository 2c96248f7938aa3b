import fc from 'fast-check';
import { SHADES, shadingOf } from './shading.js';

const levels = (values: (number | null)[]) => {
  const { level } = shadingOf((value: number | null) => value, values);
  return values.map(level);
};

it('goes from the lowest number to the highest', () => {
  expect(levels([0, 5, 10])).toEqual([1, 5, SHADES]);
});
it('leaves cells without a number as they are', () => {
  expect(levels([null, 1, NaN, Infinity, 2])).toEqual([undefined, 1, undefined, undefined, SHADES]);
});
it('tells learning rates apart by their order of magnitude', () => {
  expect(levels([1e-6, 1e-5, 1e-4, 1e-3])).toEqual([1, 3, 6, SHADES]);
});
it('does not make differences where there are none', () => {
  expect(levels([3, 3])).toEqual([1, 1]);
});
it('never shades a lower number more strongly than a higher one', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), { minLength: 2 }), (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      const shades = levels(sorted) as number[];
      expect(shades).toEqual(shades.toSorted((a, b) => a - b));
      expect(shades.every((shade) => Number.isInteger(shade) && shade >= 1 && shade <= SHADES)).toBe(true);
    }),
  );
});
