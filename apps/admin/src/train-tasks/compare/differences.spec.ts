import type { ComparedTask, Comparison } from '@lora-ledger/contracts';
import { bestOf, byImportance, changeAgainst, sameExperiments, shownParameters } from './differences.js';

const task = (name: string, fingerprint: string) => ({ name, fingerprint }) as ComparedTask;
const known = (parameter: string, importance: number, notable = true) => ({ parameter, importance, low: 0, high: 1, q: 0.01, notable });

describe('a comparison', () => {
  it('says which tasks are one experiment', () => {
    const groups = sameExperiments({ tasks: [task('a', '1'), task('b', '2'), task('c', '1')] } as unknown as Comparison);
    expect(groups.map((group) => group.map(({ name }) => name))).toEqual([['a', 'c']]);
  });

  it('tells the change of a number against the baseline', () => {
    expect(changeAgainst(2, 3)).toBe(50);
    expect(changeAgainst(-2, -1)).toBe(50);
    for (const [base, value] of [
      [0, 1],
      ['a', 'b'],
      [null, 1],
      [1, NaN],
    ])
      expect(changeAgainst(base, value)).toBeNull();
  });

  it('shows what differs, or all that is set somewhere', () => {
    const parameters = [
      { path: 'a', values: [1, 2], equal: false },
      { path: 'b', values: [1, 1], equal: true },
      { path: 'c', values: [null, null], equal: true },
    ];
    expect(shownParameters(parameters, false).map(({ path }) => path)).toEqual(['a']);
    expect(shownParameters(parameters, true).map(({ path }) => path)).toEqual(['a', 'b']);
  });

  it('puts on top what is known to matter, and keeps the order of the rest', () => {
    const parameters = [
      { path: 'batchSize', values: [1, 2], equal: false },
      { path: 'learningRate', values: [1, 2], equal: false },
      { path: 'extraParams.optimizer', values: ['a', 'b'], equal: false },
      { path: 'loraRank', values: [8, 8], equal: true },
    ];
    const ranked = byImportance(parameters, [
      known('learningRate', 0.2),
      known('extra.optimizer', 0.5),
      known('loraRank', 0.9),
      known('batchSize', 0.8, false),
    ]);
    expect(ranked.map(({ path, importance }) => [path, importance])).toEqual([
      ['extraParams.optimizer', 0.5],
      ['learningRate', 0.2],
      ['batchSize', undefined],
      ['loraRank', 0.9],
    ]);
  });

  it('marks the lowest figure, unless all are the same or there is only one', () => {
    expect(bestOf([3, 1, null, 1])).toEqual([false, true, false, true]);
    expect(bestOf([2, 2])).toEqual([false, false]);
    expect(bestOf([null, 2])).toEqual([false, false]);
  });
});
