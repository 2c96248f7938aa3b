import fc from 'fast-check';
import { alignCurve, bandOf, hasDiverged, relativeGrid, stepsToTarget } from './curve-bands.js';

const GRID = relativeGrid(10);
const line = (count: number, stride: number) => Array.from({ length: count }, (_one, index) => (index + 1) * stride);

describe('curves of different lengths', () => {
  it('lie on one another when they are the same in fractions of the run', () => {
    const curve = (count: number): number[] =>
      alignCurve(
        line(count, 1),
        line(count, 1).map((step) => 1 - step / count),
        count,
        GRID,
      );
    curve(50_000).forEach((value, index) => expect(value).toBeCloseTo(curve(500)[index]!, 2));
  });

  it('end where the run ended: the rest is not stretched over', () => {
    const values = alignCurve(
      line(30, 1),
      line(30, 1).map(() => 0.5),
      100,
      GRID,
    );
    expect(values.map(Number.isFinite)).toEqual([true, true, true, true, false, false, false, false, false, false, false]);
  });

  it('are read between points by straight lines, and not across a value that is none', () => {
    expect(alignCurve([0, 100], [1, 0], 100, GRID)[3]).toBeCloseTo(0.7, 12);
    expect(alignCurve([0, 50, 100], [1, NaN, 0], 100, GRID)[3]).toBeNaN();
  });

  it('do not begin before their first point, unless that is within the first tenth', () => {
    expect(alignCurve([5, 100], [1, 0], 100, GRID)[0]).toBe(1);
    expect(alignCurve([40, 100], [1, 0], 100, GRID).findIndex(Number.isFinite)).toBe(4);
  });

  it('stay within the values they were made of', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: 200 }),
        (values, total) => {
          for (const value of alignCurve(line(values.length, 3), values, total, GRID)) {
            if (Number.isNaN(value)) continue;
            expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
            expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
          }
        },
      ),
    );
  });
});

describe('a band', () => {
  it('has median, quartiles and the number of runs at every position', () => {
    const band = bandOf([{ values: [1, NaN] }, { values: [2, 4] }, { values: [3, 6] }], [0, 1]);
    expect(band).toEqual({ x: [0, 1], median: [2, 5], q1: [1.5, 4.5], q3: [2.5, 5.5], n: [3, 2] });
  });

  it('is null where no run has a value', () => {
    expect(bandOf([], [0, 1]).median).toEqual([null, null]);
  });
});

describe('steps to a target', () => {
  const curve = (values: number[], totalSteps = 100) => ({ values, totalSteps });

  it('count runs that never come there as later than all others', () => {
    const result = stepsToTarget([curve([1, 0.1, 0.1]), curve([1, 0.5, 0.1]), curve([1, 1, 1])], [0, 0.5, 1], 0.1);
    expect(result).toMatchObject({ reached: 2, n: 3, median: 100 });
  });

  it('have no median when most never come there', () => {
    expect(stepsToTarget([curve([1, 0.1]), curve([1, 1]), curve([1, 1])], [0, 1], 0.1)).toMatchObject({ reached: 1, median: null });
  });
});

describe('divergence', () => {
  it.each([
    ['a last value that is no number', { first: 1, last: NaN, endedByNaN: false }, true],
    ['a run ended for such a value', { first: 1, last: 0.4, endedByNaN: true }, true],
    ['a loss half as much again as the first', { first: 1, last: 1.5, endedByNaN: false }, true],
    ['a loss that wobbled up', { first: 1, last: 1.2, endedByNaN: false }, false],
    ['a loss that fell', { first: 1, last: 0.2, endedByNaN: false }, false],
  ])('%s: %o → %s', (_name, facts, expected) => expect(hasDiverged(facts)).toBe(expected));
});
