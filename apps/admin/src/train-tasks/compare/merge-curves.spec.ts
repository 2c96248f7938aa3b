import { mergeCurves } from './merge-curves.js';

describe('curves laid over one another', () => {
  const coarse = { x: [10, 20], values: [1, 2] };
  const fine = { x: [5, 10, 15], values: [3, 'NaN', 4] };

  it('share the steps of all', () => {
    expect(mergeCurves([coarse, fine], 0, false).x).toEqual([5, 10, 15, 20]);
  });

  it('tell a missing step from a value that is no number', () => {
    expect(mergeCurves([coarse, fine], 0, false).raw).toEqual([
      [undefined, 1, undefined, 2],
      [3, null, 4, undefined],
    ]);
  });

  it('are smoothed each by itself', () => {
    expect(mergeCurves([coarse, fine], 0.5, false).smoothed[0]).toEqual(
      mergeCurves([coarse], 0.5, false).smoothed[0]?.flatMap((value, index) => (index === 0 ? [undefined, value] : [undefined, value])),
    );
  });

  it('leave out what a log scale cannot show', () => {
    expect(mergeCurves([{ x: [1, 2], values: [0, 1] }], 0, true).raw).toEqual([[null, 1]]);
  });
});
