import fc from 'fast-check';
import { drawable, notFiniteStretches, silences, smooth, valueRange } from './curve-data.js';

describe('a curve', () => {
  it('has gaps where a value cannot be drawn', () => {
    expect(drawable([1, 'NaN', 0, -1, 'Infinity', 2], false)).toEqual([1, null, 0, -1, null, 2]);
    expect(drawable([1, 'NaN', 0, -1, 2], true)).toEqual([1, null, null, null, 2]);
  });
});

describe('smoothing', () => {
  const finite = fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: null }), { maxLength: 50 });

  it('with weight 0 changes nothing', () => {
    fc.assert(
      fc.property(finite, (values) => {
        smooth(values, 0).forEach((value, index) =>
          values[index] === null ? expect(value).toBeNull() : expect(value).toBeCloseTo(values[index]!, 6),
        );
      }),
    );
  });
  it('leaves a constant curve constant from its first point on', () => {
    smooth([3, 3, null, 3], 0.9).forEach((value, index) => (index === 2 ? expect(value).toBeNull() : expect(value).toBeCloseTo(3)));
  });
  it('stays between the lowest and the highest value', () => {
    fc.assert(
      fc.property(finite, fc.double({ min: 0, max: 0.99, noNaN: true }), (values, weight) => {
        const known = values.filter((value) => value !== null);
        for (const value of smooth(values, weight)) {
          if (value === null) continue;
          expect(value).toBeGreaterThanOrEqual(Math.min(...known) - 1e-6);
          expect(value).toBeLessThanOrEqual(Math.max(...known) + 1e-6);
        }
      }),
    );
  });
});

describe('the range of values', () => {
  it('has air around it, also for a flat curve', () => {
    expect(valueRange([1, null, 3])).toEqual([0.9, 3.1]);
    expect(valueRange([2, 2])).toEqual([1.8, 2.2]);
    expect(valueRange([0])).toEqual([-1, 1]);
    expect(valueRange([null])).toBeNull();
  });
});

describe('what a curve does not say', () => {
  it('are stretches of values that are no numbers', () => {
    expect(notFiniteStretches([1, 2, 3, 4, 5], [1, 'NaN', 'Infinity', 2, 'NaN'])).toEqual([
      { from: 2, to: 3, count: 2 },
      { from: 5, to: 5, count: 1 },
    ]);
    expect(notFiniteStretches([1], [0])).toEqual([]);
  });
  it('are silences much longer than usual', () => {
    const steady = Array.from({ length: 30 }, (_one, index) => index * 10);
    expect(silences(steady)).toEqual([]);
    expect(silences([...steady, 1000, 1010])).toEqual([{ from: 290, to: 1000 }]);
    expect(silences([1, 100])).toEqual([]);
  });
});
