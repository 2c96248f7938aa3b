import { CONFIG_FIELDS } from '../lora-config.js';
import type { Trial } from './observed-points.js';
import { randomNormal, seededRandom } from './random.js';
import { runToEnd } from './run-to-end.js';
import { buildSpace, pointKey, randomPoint, type Params } from './search-space.js';
import { expectedImprovement, suggestSteps } from './suggest.js';

const lossOf = ({ loraRank, learningRate, 'extra.optimizer': optimizer }: Params): number =>
  0.1 +
  0.02 * (Math.log10(Number(learningRate)) + 4) ** 2 +
  0.01 * Math.abs(Math.log2(Number(loraRank)) - 5) +
  (optimizer === 'Lion' ? 0.02 : 0);

function history(count: number, seed: number): Trial[] {
  const random = seededRandom(seed);
  const space = [
    { name: 'loraRank', scale: 'log' as const, values: [4, 8, 16, 64] },
    { name: 'learningRate', scale: 'log' as const, values: [1e-5, 2e-5, 3e-4, 5e-4, 1e-3] },
    { name: 'extra.optimizer', scale: 'choice' as const, values: ['AdamW', 'Lion'] },
  ];
  return Array.from({ length: count }, () => randomPoint(space, random)).map((params) => {
    const succeeded = Number(params['learningRate']) <= 3e-4;
    return { params, succeeded, value: succeeded ? lossOf(params) * (1 + 0.02 * randomNormal(random)) : null };
  });
}

describe('the space of what can be suggested', () => {
  it('goes a step beyond what was tried, in numbers as people write them, and includes what was tried', () => {
    const space = buildSpace([
      { loraRank: 12, learningRate: 1e-4, batchSize: 2, 'extra.optimizer': 'Lion' },
      { loraRank: 16, learningRate: 1e-4, batchSize: 8, 'extra.optimizer': 'AdamW' },
    ]);
    expect(space).toEqual([
      { name: 'loraRank', scale: 'log', values: [8, 12, 16, 32] },
      { name: 'learningRate', scale: 'log', values: [5e-5, 7e-5, 1e-4, 1.5e-4, 2e-4, 3e-4] },
      { name: 'batchSize', scale: 'log', values: [2, 4, 8] },
      { name: 'extra.optimizer', scale: 'choice', values: ['AdamW', 'Lion'] },
    ]);
  });

  it('stays within the bounds of a configuration', () => {
    const [rank] = buildSpace([{ loraRank: CONFIG_FIELDS.loraRank.max }, { loraRank: 1 }]);
    expect(rank!.values[0]).toBe(1);
    expect(rank!.values.at(-1)).toBe(CONFIG_FIELDS.loraRank.max);
  });

  it('leaves out what is not known of every run, and extras without an alternative', () => {
    expect(
      buildSpace([
        { loraRank: 8, epochs: 5, 'extra.scheduler': 'cosine' },
        { loraRank: 8, 'extra.scheduler': 'cosine' },
      ]).map(({ name }) => name),
    ).toEqual(['loraRank']);
  });
});

describe('what to try next', () => {
  const trials = history(24, 5);
  const space = buildSpace(trials.map(({ params }) => params));
  const suggestions = runToEnd(suggestSteps(trials, space, { count: 5, seed: 11, measure: 'amount' }));

  it('is never what was tried, never the same twice, and always within the space', () => {
    const keys = [...trials.map(({ params }) => pointKey(space, params)), ...suggestions.map(({ params }) => pointKey(space, params))];
    expect(suggestions).toHaveLength(5);
    expect(new Set(keys.slice(trials.length)).size).toBe(5);
    for (const { params } of suggestions) {
      expect(keys.slice(0, trials.length)).not.toContain(pointKey(space, params));
      for (const { name, values } of space) expect(values).toContain(params[name]);
    }
  });

  it('goes where the loss is low, around a learning rate of 1e-4 that nobody tried', () => {
    const first = suggestions[0]!;
    expect(lossOf(first.params)).toBeLessThan(
      Math.min(...trials.filter(({ value }) => value !== null).map(({ params }) => lossOf(params))),
    );
    expect(first.expected.low).toBeLessThanOrEqual(first.expected.value);
    expect(first.expected.value).toBeLessThanOrEqual(first.expected.high);
    expect(first.differsIn.length).toBeGreaterThan(0);
  });

  it('keeps away from where everything failed', () => {
    for (const { params, successProbability } of suggestions) {
      expect(Number(params['learningRate'])).toBeLessThan(1e-3);
      expect(successProbability).toBeGreaterThan(0.3);
    }
  });

  it('names just what is searched, not what all runs have in common', () => {
    const alike = trials.map((trial) => ({ ...trial, params: { ...trial.params, trainer: 'demo' } }));
    for (const { params } of runToEnd(suggestSteps(alike, space, { count: 5, seed: 11, measure: 'amount' })))
      expect(Object.keys(params).sort()).toEqual(space.map(({ name }) => name).sort());
  });

  it('never has a value that was tried and is offered no more, even if it was the best', () => {
    const tried = trials.map((trial, index) => {
      const trainer = ['gone', 'here', 'there'][index % 3]!;
      return {
        ...trial,
        params: { ...trial.params, trainer },
        value: trial.value === null ? null : trial.value + (trainer === 'gone' ? 0 : 0.2),
      };
    });
    const offered = buildSpace(tried.map(({ params }) => params)).map((one) =>
      one.name === 'trainer' ? { ...one, offered: ['here', 'there'] } : one,
    );
    const next = runToEnd(suggestSteps(tried, offered, { count: 8, seed: 11, measure: 'amount' }));
    expect(next).toHaveLength(8);
    for (const { params, best } of next) expect([params['trainer'] === 'gone', best['trainer']]).toEqual([false, 'gone']);
  });

  it('is the same when asked again, and nothing without a basis', () => {
    expect(runToEnd(suggestSteps(trials, space, { count: 5, seed: 11, measure: 'amount' }))).toEqual(suggestions);
    expect(runToEnd(suggestSteps(trials.slice(0, 2), space, { count: 5, seed: 11, measure: 'amount' }))).toEqual([]);
  });

  it('is not what waits or runs already, which makes nothing more certain', () => {
    const underWay = suggestions.slice(0, 2).map(({ params }) => params);
    const others = runToEnd(suggestSteps(trials, space, { count: 3, seed: 11, measure: 'amount', underWay }));
    // Just what was suggested beside them before.
    expect(others).toEqual(suggestions.slice(2));
    const halfKnown = { loraRank: 16 };
    expect(runToEnd(suggestSteps(trials, space, { count: 5, seed: 11, measure: 'amount', underWay: [halfKnown] }))).toEqual(suggestions);
  });

  it('comes to an end when all of a small space was tried', () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((value, index) => ({ params: { 'extra.x': value }, succeeded: true, value: index + 1 }));
    expect(runToEnd(suggestSteps(all, buildSpace(all.map(({ params }) => params)), { count: 3, seed: 1, measure: 'amount' }))).toEqual([]);
  });

  it('expects of a certain point what it is, and of an uncertain one more', () => {
    expect(expectedImprovement({ mean: 1, deviation: 0 }, 3)).toBe(2);
    expect(expectedImprovement({ mean: 3, deviation: 0 }, 1)).toBe(0);
    // φ(0) = 0.3989: the mean of the better half of a standard normal.
    expect(expectedImprovement({ mean: 0, deviation: 1 }, 0)).toBeCloseTo(0.39894, 5);
  });

  it('takes a deviation for certainty only where it is nothing beside the values', () => {
    // All in units of a billionth: the answer is the same, in billionths.
    expect(expectedImprovement({ mean: 1e-9, deviation: 0.5e-9 }, 1e-9) / 1e-9).toBeCloseTo(0.5 * 0.39894, 5);
    expect(expectedImprovement({ mean: 0, deviation: 0 }, 0)).toBe(0);
  });
});

describe('the interval of what is expected', () => {
  it('holds what a run comes to, noise included, of the last suggestion as of the first', () => {
    const inside = [0, 0, 0, 0, 0];
    const seeds = 40;
    for (let seed = 0; seed < seeds; seed += 1) {
      const random = seededRandom(900 + seed);
      const noisy = (params: Params): number => lossOf(params) * (1 + 0.08 * randomNormal(random));
      const trials = history(80, seed).map((trial) => ({ ...trial, value: trial.succeeded ? noisy(trial.params) : null }));
      const space = buildSpace(trials.map(({ params }) => params));
      runToEnd(suggestSteps(trials, space, { count: 5, seed, measure: 'amount' })).forEach(({ params, expected }, index) => {
        const value = noisy(params);
        if (value >= expected.low && value <= expected.high) inside[index]! += 1;
      });
    }
    expect(inside.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(0.9 * 5 * seeds);
    for (const count of inside) expect(count).toBeGreaterThanOrEqual(0.85 * seeds);
  });
});

describe('what to try next by how often runs succeed', () => {
  const space = [
    { name: 'loraRank', scale: 'log' as const, values: [4, 8, 16, 32, 64, 128] },
    { name: 'learningRate', scale: 'log' as const, values: [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3] },
  ];
  /** Three of five points always succeed; with a high rate most runs fail, with a low one none. */
  const trials = [0, 1, 2].flatMap((turn) =>
    [4, 16, 64].flatMap((loraRank) =>
      [1e-5, 1e-4, 1e-3].map((learningRate): Trial => {
        const succeeded = learningRate < 1e-3 || (turn === 0 && loraRank === 4);
        return { params: { loraRank, learningRate }, succeeded, value: succeeded ? 0 : 1 };
      }),
    ),
  );
  const suggestions = runToEnd(suggestSteps(trials, space, { count: 36 - 9, seed: 3, measure: 'rate' }));
  const at = (loraRank: number, learningRate: number) =>
    suggestions.find(({ params }) => params['loraRank'] === loraRank && params['learningRate'] === learningRate)!;

  it('expects failures where they were, though more than half of the points never fail', () => {
    expect(at(128, 3e-3).expected.value).toBeGreaterThan(0.5);
    expect(at(8, 3e-5).expected.value).toBeLessThan(0.2);
    for (const { expected } of suggestions) expect(expected.high - expected.low).toBeGreaterThan(0.01);
  });

  it('does not take success for certain where no run has failed', () => {
    const fine = trials.map((trial): Trial => ({ ...trial, succeeded: true, value: 0 }));
    const [first] = runToEnd(suggestSteps(fine, space, { count: 1, seed: 3, measure: 'rate' }));
    expect(first!.expected.value).toBeCloseTo(0);
    expect(first!.expected.high).toBeGreaterThan(0.01);
    expect(first!.expected.high).toBeLessThan(0.5);
  });

  it('says how likely a run ends well by the runs that failed', () => {
    expect(at(128, 3e-3).successProbability).toBeLessThan(0.3);
    expect(at(8, 3e-5).successProbability).toBeGreaterThan(0.9);
  });
});
