import type { ConvergenceGroup } from '@lora-ledger/contracts';
import { band, ceiling, ground } from './band.js';

const group = (q1: (number | null)[], q3: (number | null)[]): ConvergenceGroup => ({ q1, q3 }) as ConvergenceGroup;

describe('the band between the quartiles', () => {
  it('can be picked, as its line can', () => {
    expect(band({ ...group([0.1], [0.2]), x: [0] }, 'blue', 0.2).silent).not.toBe(true);
  });
});

describe('the axis of loss', () => {
  it('begins below the lowest quartile of all groups', () => {
    expect(ground([group([0.3, 0.0576, null], [])])).toBe(0.057);
    expect(ground([group([3.19], []), group([2.02], [])])).toBe(2);
    expect(ground([group([-0.0321], [])])).toBe(-0.033);
    expect(ground([group([0, 0.2], [])])).toBe(0);
  });
  it('begins where the chart likes when there are no quartiles', () => {
    expect(ground([group([null], [null])])).toBeUndefined();
    expect(ground([])).toBeUndefined();
  });
  it('ends at three times the highest start when a group diverges, else where the chart likes', () => {
    expect(ceiling([group([], [0.25, 0.1]), group([], [0.2, 9000])])).toBe(0.75);
    expect(ceiling([group([], [0.25, 0.1])])).toBeUndefined();
  });
});
