import { describe, expect, it } from '@jest/globals';
import { rowsToDraw } from './rows-to-draw.js';

const view = { first: 100, last: 119 };

describe('the rows drawn for those in view', () => {
  it('are as many on both sides while the view rests', () => {
    expect(rowsToDraw(view, 1000, null)).toEqual({ first: 92, last: 127 });
  });

  it('are mostly where the view is going, and as many in all', () => {
    expect(rowsToDraw(view, 1000, 'forward')).toEqual({ first: 98, last: 133 });
    expect(rowsToDraw(view, 1000, 'backward')).toEqual({ first: 86, last: 121 });
  });

  it('end with the list', () => {
    expect(rowsToDraw({ first: 0, last: 19 }, 25, null)).toEqual({ first: 0, last: 24 });
    expect(rowsToDraw({ first: 5, last: 24 }, 25, 'forward')).toEqual({ first: 3, last: 24 });
  });

  it('are none where none are in view', () => {
    expect(rowsToDraw({ first: 0, last: -1 }, 0, null)).toEqual({ first: 0, last: -1 });
  });
});
