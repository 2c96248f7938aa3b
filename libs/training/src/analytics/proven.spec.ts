import fc from 'fast-check';
import { medianInterval } from './median-interval.js';
import { TOO_FEW } from './proportion.js';
import { rankProven, type EndedRun } from './proven.js';
import { randomIndex, randomNormal, seededRandom } from './random.js';
import type { Params } from './search-space.js';

let made = 0;
const run = (params: Params, value: number | null): EndedRun => ({ taskId: String((made += 1)), params, succeeded: value !== null, value });
const many = (params: Params, count: number, value: (index: number) => number | null): EndedRun[] =>
  Array.from({ length: count }, (_one, index) => run(params, value(index)));

/** Runs as teams make them: nearly every combination is new. Parameters are drawn independently; `lossOf` says what comes of them. */
function history(
  count: number,
  seed: number,
  lossOf: (params: { loraRank: number; learningRate: number; 'extra.optimizer': string }) => number | null,
): EndedRun[] {
  const random = seededRandom(seed);
  const pick = <One>(choices: readonly One[]): One => choices[randomIndex(random, choices.length)]!;
  return Array.from({ length: count }, () => {
    const params = {
      loraRank: pick([4, 8, 16, 32, 64]),
      learningRate: Number((10 ** (-5 + 2 * random())).toPrecision(3)),
      batchSize: pick([1, 2, 4, 8]),
      epochs: pick([5, 10, 20]),
      loraAlpha: pick([8, 16, 32]),
      'extra.optimizer': pick(['AdamW', 'Lion', 'Prodigy']),
      'extra.scheduler': pick(['cosine', 'constant']),
    };
    const loss = lossOf(params);
    return run(params, loss === null ? null : loss * Math.exp(0.05 * randomNormal(random)));
  });
}

describe('proven groups', () => {
  it('name the planted rank though no two runs have all their parameters in common', () => {
    const {
      groupedBy,
      groups: [best],
    } = rankProven(
      history(300, 1, ({ loraRank }) => (loraRank === 32 ? 0.08 : 0.1)),
      true,
    );
    expect(groupedBy).toEqual(['loraRank']);
    expect(best!.levels).toEqual({ loraRank: 32 });
    expect(best!.median! / best!.others!).toBeCloseTo(0.8, 1);
    expect(best!.interval!.low).toBeLessThanOrEqual(best!.median!);
    expect(best!.successes[0]!.value).toBe(Math.min(...best!.successes.map(({ value }) => value!)));
  });

  it('put learning rates that nobody wrote twice into a range, and leave out where runs diverge', () => {
    const { groups } = rankProven(
      history(400, 2, ({ learningRate }) => (learningRate > 3e-4 ? null : 0.1 + 0.05 * Math.abs(Math.log10(learningRate / 1e-4)))),
      true,
    );
    const { min, max } = groups[0]!.levels['learningRate'] as { min: number; max: number };
    expect(min).toBeGreaterThan(3e-5);
    expect(max).toBeLessThanOrEqual(3e-4);
    for (const { levels } of groups) expect((levels['learningRate'] as { min: number }).min).toBeLessThan(3e-4);
  });

  it('find what only matters together with another parameter already in', () => {
    const { groupedBy, groups } = rankProven(
      history(600, 3, ({ loraRank, 'extra.optimizer': optimizer }) => (loraRank === 16 ? (optimizer === 'Lion' ? 0.07 : 0.09) : 0.12)),
      true,
    );
    expect([...groupedBy].sort()).toEqual(['extra.optimizer', 'loraRank']);
    expect(groups[0]!.levels).toEqual({ loraRank: 16, 'extra.optimizer': 'Lion' });
  });

  it('are all runs together where no parameter makes a difference', () => {
    const { groupedBy, groups } = rankProven(
      history(200, 5, () => 0.1),
      true,
    );
    expect(groupedBy).toEqual([]);
    expect(groups).toMatchObject([{ levels: {}, success: { n: 200 }, others: null }]);
  });

  it('group where nothing matters in at most 5 of 100 data sets', () => {
    const grouped = Array.from({ length: 100 }, (_one, seed) =>
      rankProven(
        history(150, 1000 + seed, () => 0.1),
        true,
      ),
    ).filter(({ groupedBy }) => groupedBy.length > 0);
    expect(grouped.length).toBeLessThanOrEqual(5);
  });

  it('put ten good runs before one lucky one that was better still', () => {
    const { groups } = rankProven(
      [
        ...many({ loraRank: 16 }, 10, (index) => 0.2 + index / 1000),
        ...many({ loraRank: 32 }, 10, (index) => 0.1 + index / 1000),
        run({ loraRank: 64 }, 0.05),
      ],
      true,
    );
    expect(groups[0]!.success.n).toBeGreaterThanOrEqual(10);
    expect(groups[0]!.levels['loraRank']).toEqual({ min: 32, max: 64 });
  });

  it('leave out what surely fails more often than the others, however good the rest of it', () => {
    const { groups } = rankProven(
      [
        ...many({ loraRank: 8 }, 20, (index) => (index % 3 === 0 ? 0.1 : null)),
        ...many({ loraRank: 16 }, 20, (index) => 0.12 + index / 1000),
        ...many({ loraRank: 4 }, 20, (index) => 0.2 + index / 1000),
      ],
      true,
    );
    expect(groups.map(({ levels }) => levels['loraRank'])).toEqual([16]);
  });

  it('by success alone follow the lower end of the interval', () => {
    const ends = (optimizer: string, count: number, fails: (index: number) => boolean): EndedRun[] =>
      many({ 'extra.optimizer': optimizer }, count, (index) => (fails(index) ? null : 1));
    const { groups } = rankProven(
      [...ends('Lion', 12, () => false), ...ends('AdamW', 40, (index) => index === 0), ...ends('Prodigy', 30, (index) => index % 2 === 0)],
      false,
    );
    expect(groups.map(({ levels }) => levels['extra.optimizer'])).toEqual(['AdamW', 'Lion']);
  });

  it('are none of fewer than ten runs, nor of a lower bound that six successes do not give', () => {
    expect(
      rankProven(
        many({ loraRank: 8 }, TOO_FEW - 1, () => 0.1),
        true,
      ).groups,
    ).toEqual([]);
    expect(
      rankProven(
        many({ loraRank: 8 }, 12, (index) => (index < 5 ? 0.1 : null)),
        true,
      ).groups,
    ).toEqual([]);
  });
});

const someRuns = fc
  .array(
    fc.record({
      params: fc.record(
        {
          loraRank: fc.constantFrom(4, 8, 16, 32),
          learningRate: fc.double({ min: 1e-6, max: 1e-2, noNaN: true }),
          epochs: fc.constantFrom(1, 2),
          optimizer: fc.constantFrom('a', 'b', true),
        },
        { requiredKeys: ['loraRank', 'learningRate'] },
      ),
      value: fc.option(fc.double({ min: 0, max: 10, noNaN: true })),
    }),
    { maxLength: 160 },
  )
  .map((all) => all.map(({ params, value }) => run(params, value)));
/** The same, with an effect to group by. */
const tellingRuns = someRuns.map((all) =>
  all.map((one) => (one.value === null ? one : { ...one, value: one.value + 5 * Math.log2(Number(one.params['loraRank'])) })),
);

describe('of any runs, proven groups', () => {
  it('have enough runs each, no run in common, and no more runs than there are', () => {
    fc.assert(
      fc.property(fc.oneof(someRuns, tellingRuns), fc.boolean(), (runs, byValue) => {
        const { groups, left } = rankProven(runs, byValue);
        for (const { success } of groups) expect(success.n).toBeGreaterThanOrEqual(TOO_FEW);
        const successes = groups.flatMap((group) => group.successes.map(({ taskId }) => taskId));
        expect(new Set(successes).size).toBe(successes.length);
        expect(groups.reduce((sum, { success }) => sum + success.n, 0) + left).toBeLessThanOrEqual(runs.length);
      }),
    );
  });

  it('hold just the runs that they say they hold', () => {
    fc.assert(
      fc.property(tellingRuns, (runs) => {
        for (const { levels, success } of rankProven(runs, false).groups) {
          const held = runs.filter(({ params }) =>
            Object.entries(levels).every(([name, level]) =>
              level === null
                ? params[name] === undefined
                : typeof level === 'object'
                  ? Number(params[name]) >= level.min && Number(params[name]) <= level.max
                  : params[name] === level,
            ),
          );
          expect(held).toHaveLength(success.n);
        }
      }),
    );
  });

  it('are the same whatever the order of the runs', () => {
    fc.assert(
      fc.property(tellingRuns, (runs) => {
        const said = (all: readonly EndedRun[]) => rankProven(all, true).groups.map(({ levels, success }) => ({ levels, success }));
        expect(said([...runs].reverse())).toEqual(said(runs));
      }),
    );
  });

  it('never fall in rank by more evidence of the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 60 }), fc.integer({ min: 2, max: 6 }), (n, times) => {
        const values = Array.from({ length: n }, (_one, index) => index);
        const more = values.flatMap((value) => Array.from({ length: times }, () => value));
        expect(medianInterval(more)!.high).toBeLessThanOrEqual(medianInterval(values)!.high);
        expect(medianInterval(more)!.low).toBeGreaterThanOrEqual(medianInterval(values)!.low);
      }),
    );
  });
});

describe('the interval of a median', () => {
  it('lies between the order statistics that tables name', () => {
    // Conover, "Practical Nonparametric Statistics", table of the binomial for p = 1/2: ranks for at least 95 %.
    const ranks = (n: number) => medianInterval(Array.from({ length: n }, (_one, index) => index + 1));
    expect([6, 8, 10, 15, 20, 25, 50, 100].map(ranks)).toEqual(
      [
        [1, 6],
        [1, 8],
        [2, 9],
        [4, 12],
        [6, 15],
        [8, 18],
        [18, 33],
        [40, 61],
      ].map(([low, high]) => ({ low, high })),
    );
    expect(ranks(5)).toBeNull();
    expect(ranks(0)).toBeNull();
  });
});
