import { inPlaceOf, isOtherList, readView } from './views.js';

describe('a saved view', () => {
  it('is the list it was saved from', () => {
    expect(
      readView({ query: 'status=FAILED&status=CANCELLED&q=style&loraRankMin=8&extra.optimizer=adamw&sort=-finalLoss&created=7d' }),
    ).toEqual({
      status: ['FAILED', 'CANCELLED'],
      q: 'style',
      loraRankMin: 8,
      extra: { optimizer: 'adamw' },
      sort: '-finalLoss',
      created: '7d',
    });
  });
  it('differs from a list that is ordered or narrowed otherwise, not from one whose address says the same in another order', () => {
    const view = { query: 'status=FAILED&sort=-finalLoss' };
    expect(isOtherList(view, { query: 'sort=-finalLoss&status=FAILED' })).toBe(false);
    expect(isOtherList(view, { query: 'status=FAILED' })).toBe(true);
    expect(isOtherList(view, { query: 'status=FAILED&sort=-finalLoss&tag=sea' })).toBe(true);
  });
  it('stays without columns if it was saved so, unless they came with a link', () => {
    const [plain, laidOut] = [{ query: 'q=a' }, { query: 'q=a&layout=name:p' }];
    expect(inPlaceOf(plain, 'q=b&layout=name:p,seed:h', true)).toBe('q=b');
    expect(inPlaceOf(plain, 'q=b&layout=name:p,seed:h', false)).toBe('q=b&layout=name:p,seed:h');
    expect(inPlaceOf(laidOut, 'q=b&layout=name:p,seed:h', true)).toBe('q=b&layout=name:p,seed:h');
  });
  it('still opens when a part of it means nothing any more', () => {
    expect(readView({ query: 'status=GONE&colour=red&modelName=sdxl' })).toEqual({ modelName: ['sdxl'] });
  });
});
