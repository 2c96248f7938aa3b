import { inAll } from './in-all.js';

const suggestion = (params: Record<string, string | number>, changed: string[] = []) => ({
  params,
  changes: [],
  against: changed.map((parameter) => ({ parameter, from: 1, to: 2 })),
});

describe('what several suggestions have in common', () => {
  it('is what none of them varies', () => {
    expect(
      inAll([suggestion({ loraRank: 16, batchSize: 2, trainer: 'a' }), suggestion({ loraRank: 32, batchSize: 2, trainer: 'a' })]),
    ).toEqual(['batchSize', 'trainer']);
  });
  it('is not what they change, even if all change it to the same', () => {
    expect(
      inAll([suggestion({ loraRank: 16, batchSize: 2 }, ['batchSize']), suggestion({ loraRank: 32, batchSize: 2 }, ['batchSize'])]),
    ).toEqual([]);
  });
  it('is not said of one alone', () => {
    expect(inAll([suggestion({ loraRank: 16 })])).toEqual([]);
    expect(inAll([])).toEqual([]);
  });
});
