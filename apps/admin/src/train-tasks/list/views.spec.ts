import { readView } from './views.js';

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
  it('still opens when a part of it means nothing any more', () => {
    expect(readView({ query: 'status=GONE&colour=red&modelName=sdxl' })).toEqual({ modelName: ['sdxl'] });
  });
});
