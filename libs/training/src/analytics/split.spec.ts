import fc from 'fast-check';
import { scaledRanks } from './importance.js';
import type { TestResult } from './independence.js';
import { partition } from './partition.js';
import { quantiles } from './quantile.js';
import { rankTest, split } from './split.js';

/** Daily ozone in New York, May to September 1973, by month, days without a reading left out: R's data set `airquality`. */
const OZONE = [
  [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37],
  [29, 71, 39, 23, 21, 37, 20, 12, 13],
  [135, 49, 32, 64, 40, 77, 97, 97, 85, 10, 27, 7, 48, 35, 61, 79, 63, 16, 80, 108, 20, 52, 82, 50, 64, 59],
  [39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85],
  [96, 78, 73, 91, 47, 32, 20, 23, 21, 24, 44, 21, 28, 9, 13, 46, 18, 13, 24, 16, 13, 23, 36, 7, 14, 30, 14, 18, 20],
];

/** H of Kruskal and Wallis as `partition` computes it. */
function ofGroups(groups: readonly (readonly number[])[]): TestResult {
  const worth = scaledRanks(groups.flat());
  const levels = {
    name: 'group',
    values: groups.map((_group, index) => index),
    of: Uint16Array.from(groups.flatMap((group, index) => group.map(() => index))),
  };
  return rankTest(split(worth.length, [], worth, 1), split(worth.length, [levels], worth, 1));
}

describe('Kruskal–Wallis', () => {
  it("of mucociliary clearance (Hollander and Wolfe 1973, p. 116, example of R's kruskal.test): H = 0.77143, p = 0.68", () => {
    const { statistic, p } = ofGroups([
      [2.9, 3, 2.5, 2.6, 3.2],
      [3.8, 2.7, 4, 2.4],
      [2.8, 3.4, 3.7, 2.2, 2],
    ]);
    expect(statistic).toBeCloseTo(0.77143, 5);
    expect(p).toBeCloseTo(0.68, 4);
  });

  it("of ozone by month (example of R's kruskal.test, airquality), with ties: H = 29.267, p = 6.901e-6", () => {
    const { statistic, p } = ofGroups(OZONE);
    expect(statistic).toBeCloseTo(29.267, 3);
    expect(p).toBeCloseTo(6.901e-6, 9);
  });

  it("of insects by spray (G. Beall, Biometrika 32 (1942), R's InsectSprays), with many ties: H = 54.691, p = 1.511e-10", () => {
    const { statistic, p } = ofGroups([
      [10, 7, 20, 14, 14, 12, 10, 23, 17, 20, 14, 13],
      [11, 17, 21, 11, 16, 14, 17, 17, 19, 21, 7, 13],
      [0, 1, 7, 2, 3, 1, 2, 1, 3, 0, 1, 4],
      [3, 5, 12, 6, 4, 3, 5, 5, 5, 5, 2, 4],
      [3, 5, 3, 5, 3, 6, 1, 1, 3, 2, 6, 4],
      [11, 9, 15, 22, 15, 16, 13, 10, 26, 26, 24, 13],
    ]);
    expect(statistic).toBeCloseTo(54.691, 3);
    expect(p).toBeCloseTo(1.511e-10, 13);
  });

  it('says nothing of one group, of values that are all alike, and of none', () => {
    expect(ofGroups([[1, 2, 3]])).toEqual({ statistic: 0, p: 1 });
    expect(
      ofGroups([
        [5, 5],
        [5, 5, 5],
      ]).p,
    ).toBe(1);
    expect(ofGroups([]).p).toBe(1);
  });

  it('does not care for the order of groups, nor for what keeps the order of values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 5 }),
        (groups) => {
          const { statistic } = ofGroups(groups);
          expect(ofGroups([...groups].reverse()).statistic).toBeCloseTo(statistic, 8);
          expect(ofGroups(groups.map((group) => group.map((value) => Math.exp(value / 4)))).statistic).toBeCloseTo(statistic, 8);
        },
      ),
    );
  });

  it('given a first cut that explains nothing, asks a finer one as H does, with a degree of freedom less', () => {
    const worth = Float64Array.from([0, 1, 2, 3, 3, 2, 1, 0]);
    const [halves, inner] = [Uint16Array.from([0, 0, 0, 0, 1, 1, 1, 1]), Uint16Array.from([0, 0, 1, 1, 1, 1, 0, 0])];
    const [by, given] = [
      { name: 'inner', values: [0, 1], of: inner },
      { name: 'halves', values: [0, 1], of: halves },
    ];
    const [all, half, both] = [split(8, [], worth, 1), split(8, [given], worth, 1), split(8, [given, by], worth, 1)];
    expect(rankTest(all, half).statistic).toBe(0);
    // R² of both is 0.8; (8 − 1) × 0.8 over nothing, (8 − 2) × 0.8 over the halves.
    expect(rankTest(all, both).statistic).toBeCloseTo(5.6, 10);
    expect(rankTest(half, both).statistic).toBeCloseTo(4.8, 10);
  });

  it('decides what runs are grouped by: months are told apart by their ozone', () => {
    const runs = OZONE.flatMap((days, month) => days.map((ozone) => ({ params: { month: `month ${month + 5}` }, ozone })));
    expect(partition(runs, scaledRanks(runs.map(({ ozone }) => ozone)), 9).groupedBy).toEqual(['month']);
  });
});

describe('quantiles of ozone', () => {
  it("are those of R's summary(airquality$Ozone): 1, 18, 31.5, 63.25, 168", () => {
    expect(quantiles(OZONE.flat(), [0, 0.25, 0.5, 0.75, 1])).toEqual([1, 18, 31.5, 63.25, 168]);
  });
});
