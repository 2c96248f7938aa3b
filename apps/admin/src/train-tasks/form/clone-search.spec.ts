import { parseCloneSearch, withOverrides } from './clone-search.js';

describe('a link to a filled clone', () => {
  it('changes what it names and keeps the rest, extra parameters one by one', () => {
    const original = { modelName: 'sd15', loraRank: 8, maxSteps: 100, extraParams: { optimizer: 'adamw', dropout: 0.1, note: 'x' } };
    expect(withOverrides(original, { with: '{"loraRank":32,"maxSteps":null,"extraParams":{"optimizer":"Lion","note":null}}' })).toEqual({
      modelName: 'sd15',
      loraRank: 32,
      maxSteps: null,
      extraParams: { optimizer: 'Lion', dropout: 0.1 },
    });
  });
  it('is a plain clone when it names nothing', () => {
    expect(withOverrides({ loraRank: 8, extraParams: { optimizer: 'adamw' } }, {})).toEqual({
      loraRank: 8,
      extraParams: { optimizer: 'adamw' },
    });
  });
  it('is not believed when it is no object', () => {
    expect([parseCloneSearch({ with: '[1]' }), parseCloneSearch({ with: 'loraRank' }), parseCloneSearch({ with: ['{}'] })]).toEqual([
      {},
      {},
      {},
    ]);
    expect(parseCloneSearch({ with: '{"loraRank":32}', other: 1 })).toEqual({ with: '{"loraRank":32}' });
  });
});
