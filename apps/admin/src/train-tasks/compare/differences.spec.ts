import type { Comparison } from '@lora-ledger/contracts';
import { changeAgainst, sameExperiments, shownParameters } from './differences.js';

describe('what a comparison says', () => {
  it('calls tasks with one fingerprint the same experiment', () => {
    const tasks = [{ fingerprint: 'a', name: 'one' }, { fingerprint: 'b', name: 'two' }, { fingerprint: 'a', name: 'three' }];
    expect(sameExperiments({ tasks } as unknown as Comparison)).toEqual([['one', 'three']]);
  });

  it('gives the change in percent, unless there is nothing to compare with', () => {
    expect(changeAgainst(2, 1)).toBe(-50);
    expect(changeAgainst(0, 1)).toBeNull();
    expect(changeAgainst('NaN', 1)).toBeNull();
  });

  it('hides what is equal, and what is not set anywhere even when all is asked for', () => {
    const rank = { path: 'loraRank', values: [8, 16], equal: false };
    const batch = { path: 'batchSize', values: [4, 4], equal: true };
    const seed = { path: 'seed', values: [null, null], equal: true };
    expect(shownParameters([rank, batch, seed], false)).toEqual([rank]);
    expect(shownParameters([rank, batch, seed], true)).toEqual([rank, batch]);
  });
});
