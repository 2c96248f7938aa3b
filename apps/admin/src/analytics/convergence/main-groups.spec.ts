import type { ConvergenceGroup } from '@lora-ledger/contracts';
import { mainGroups } from './main-groups.js';

const group = (n: number, end: number | null): ConvergenceGroup => ({ n, median: [1, end] }) as unknown as ConvergenceGroup;

describe('the groups that are drawn first', () => {
  it('are all while they are few', () => {
    expect(mainGroups([group(1, 1), group(1, 2)])).toEqual([0, 1]);
  });
  it('are the lowest and the highest end and the largest, in the order of their values', () => {
    expect(
      mainGroups([group(9, 0.5), group(40, 0.2), group(50, 0.3), group(60, 0.25), group(8, 0.1), group(7, 0.4), group(30, 0.35)]),
    ).toEqual([0, 1, 2, 3, 4]);
  });
  it('call a few runs no extreme', () => {
    expect(
      mainGroups([group(1, 0.001), group(10, 0.2), group(10, 0.3), group(10, 0.4), group(10, 0.5), group(10, 0.6), group(2, 9)]),
    ).toEqual([1, 2, 3, 4, 5]);
  });
});
