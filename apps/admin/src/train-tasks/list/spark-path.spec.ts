import { sparkPath } from './spark-path.js';

describe('a curve as wide as a word', () => {
  it('goes from the left to the right, the highest value on top', () => {
    expect(sparkPath([2, 1, 0], 10, 4)).toBe('M0.0 0.0L5.0 2.0L10.0 4.0');
  });
  it('has a gap where a value is no number', () => {
    expect(sparkPath([1, 'NaN', 0, 1], 9, 2)).toBe('M0.0 0.0M6.0 2.0L9.0 0.0');
  });
  it('lies in the middle when nothing changes', () => {
    expect(sparkPath([3, 3], 10, 4)).toBe('M0.0 2.0L10.0 2.0');
  });
  it('is none for a single point', () => {
    expect([sparkPath([1], 10, 4), sparkPath(['NaN', 'NaN', 1], 10, 4), sparkPath([], 10, 4)]).toEqual([null, null, null]);
  });
});
