import fc from 'fast-check';
import { chiSquaredTail, logFactorial, normalCdf, student95, studentTail } from './distributions.js';
import { benjaminiHochberg } from './false-discovery.js';
import { chiSquaredTest, fisherExact } from './independence.js';
import { successRate, wilsonInterval } from './proportion.js';
import { BUCKET_GROWTH, histogramQuantile, quantile, quantiles } from './quantile.js';

describe('Wilson interval', () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is what Newcombe prints', (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('holds the rate, stays within 0..1, and mirrors when success and failure are exchanged', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (successes, failures) => {
        const [one, other] = [successRate(successes, failures), successRate(failures, successes)];
        expect(one.low).toBeGreaterThanOrEqual(0);
        expect(one.high).toBeLessThanOrEqual(1);
        expect(one.low).toBeCloseTo(1 - other.high, 12);
        if (one.rate !== null) expect(one.low <= one.rate && one.rate <= one.high).toBe(true);
      }),
    );
  });

  it('says nothing without an outcome, and marks a few as few', () => {
    expect(successRate(0, 0)).toEqual({ n: 0, successes: 0, failures: 0, rate: null, low: 0, high: 1, tooFew: true });
    expect(successRate(5, 4).tooFew).toBe(true);
    expect(successRate(5, 5).tooFew).toBe(false);
  });
});

describe('quantiles', () => {
  it('are those of type 7: R says 3.25, 5.5 and 7.75 of the numbers 1 to 10', () => {
    expect(quantiles([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], [0, 0.25, 0.5, 0.75, 1])).toEqual([1, 3.25, 5.5, 7.75, 10]);
    expect(quantile([], 0.5)).toBeNull();
    expect(quantile([7], 0.9)).toBe(7);
  });

  it('sort by size, not by spelling, and let infinities be the largest', () => {
    expect(quantiles([100, 9, Infinity], [0.5])).toEqual([100]);
  });

  it('from a histogram are at most 2 % off, and exact where buckets hold one value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0, 0.25, 0.5, 0.9, 1),
        (values, p) => {
          const buckets = new Map<number, number[]>();
          for (const value of values) {
            const bucket = Math.floor(Math.log(value) / Math.log(BUCKET_GROWTH));
            buckets.set(bucket, [...(buckets.get(bucket) ?? []), value]);
          }
          const histogram = [...buckets.values()].map((held) => ({
            mean: held.reduce((sum, value) => sum + value, 0) / held.length,
            count: held.length,
          }));
          const exact = quantiles(values, [p])[0] ?? NaN;
          expect(Math.abs((histogramQuantile(histogram, p) ?? NaN) / exact - 1)).toBeLessThan(0.0201);
        },
      ),
    );
    expect(
      histogramQuantile(
        [
          { mean: 10, count: 1 },
          { mean: 30, count: 1 },
        ],
        0.5,
      ),
    ).toBe(20);
    expect(histogramQuantile([], 0.5)).toBeNull();
  });
});

describe('tests of independence', () => {
  it('Fisher: the lady tasting tea (R. A. Fisher 1935), 0.4857 two-sided', () => {
    expect(fisherExact([3, 1, 1, 3])).toBeCloseTo(0.4857143, 7);
  });

  it("Fisher: convictions of twins (Fisher 1962, example of R's fisher.test), 0.0005367", () => {
    expect(fisherExact([2, 15, 10, 3])).toBeCloseTo(0.0005367, 7);
  });

  it("Fisher: large tables go by Yates, as R's chisq.test of heart attacks with and without aspirin (Agresti 2007, p. 26): 7.71e-7", () => {
    expect(fisherExact([189, 10_845, 104, 10_933])).toBeCloseTo(7.71e-7, 9);
    expect(fisherExact([50, 10_000, 50, 10_000])).toBeGreaterThan(0.9);
  });

  it('Fisher: the approximation for large tables agrees with the exact sum where both are possible', () => {
    const [exact, approximate] = [fisherExact([120, 9_870, 60, 9_930]), fisherExact([120, 9_890, 60, 9_950])];
    expect(approximate / exact).toBeCloseTo(1, 0);
  });

  it('chi-squared: party by gender (A. Agresti, "Categorical Data Analysis" 2007, p. 39), 30.07 and 2.954e-7', () => {
    const { statistic, p } = chiSquaredTest([
      [762, 327, 468],
      [484, 239, 477],
    ]);
    expect(statistic).toBeCloseTo(30.07, 2);
    expect(p).toBeCloseTo(2.954e-7, 10);
    expect(chiSquaredTest([[5, 6]]).p).toBe(1);
  });

  it('tails are those of printed tables', () => {
    expect(chiSquaredTail(3.841459, 1)).toBeCloseTo(0.05, 6);
    expect(chiSquaredTail(18.30704, 10)).toBeCloseTo(0.05, 6);
    expect(normalCdf(-1.959964)).toBeCloseTo(0.025, 6);
    expect(studentTail(2.015048, 5)).toBeCloseTo(0.05, 6);
    expect(studentTail(-2.015048, 5)).toBeCloseTo(0.95, 6);
    expect(studentTail(4.437, 11)).toBeCloseTo(0.0005, 6);
    expect([1, 3, 10, 120].map((degrees) => Number(student95(degrees).toFixed(3)))).toEqual([12.706, 3.182, 2.228, 1.98]);
    expect(Math.exp(logFactorial(10))).toBeCloseTo(3_628_800, 5);
  });
});

describe('correction for many comparisons', () => {
  // The fifteen comparisons of Y. Benjamini and Y. Hochberg (1995), § 3.2.
  const PS = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];

  it("keeps the first four of the paper's example", () => {
    expect(benjaminiHochberg(PS).filter((q) => q <= 0.05)).toHaveLength(4);
    expect(benjaminiHochberg(PS)[3]).toBeCloseTo((0.0095 * 15) / 4, 10);
  });

  it('answers in the order it was asked, never below p and never out of order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (ps) => {
        const qs = benjaminiHochberg(ps);
        ps.forEach((p, index) => {
          expect(qs[index]).toBeGreaterThanOrEqual(p * (1 - 1e-12));
          expect(qs[index]).toBeLessThanOrEqual(1);
          ps.forEach((other, at) => {
            if (p < other) expect(qs[index]).toBeLessThanOrEqual(qs[at]!);
          });
        });
      }),
    );
  });
});
