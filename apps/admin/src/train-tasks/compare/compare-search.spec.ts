import { parseCompareSearch } from './compare-search.js';

const A = '11111111-1111-4111-8111-111111111111';
const B = '22222222-2222-4222-8222-222222222222';

describe('the address of a comparison', () => {
  it('names tasks once, in order, repeated or separated by commas', () => {
    expect(parseCompareSearch({ ids: [B, `${A},${B}`] })).toEqual({ ids: [B, A] });
  });

  it('leaves out what is no task', () => {
    expect(parseCompareSearch({ ids: ['nonsense', A, 5] })).toEqual({ ids: [A] });
  });

  it('takes only a compared task as the baseline', () => {
    expect(parseCompareSearch({ ids: [A, B], base: B })).toEqual({ ids: [A, B], base: B });
    expect(parseCompareSearch({ ids: [A], base: B })).toEqual({ ids: [A] });
  });

  it('shows equal parameters only when asked to', () => {
    expect(parseCompareSearch({ ids: [A, B], all: 'true' }).all).toBe(true);
    expect(parseCompareSearch({ ids: [A, B], all: 'maybe' }).all).toBeUndefined();
  });
});
