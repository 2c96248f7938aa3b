import { pauseBetween } from './pace.js';

describe('the pause between two tellings', () => {
  it('is nearly none for changes of state while few listen, and grows with the streams up to a quarter of a second', () => {
    expect([0, 1, 80, 2000, 50_000].map((streams) => pauseBetween(streams, false))).toEqual([0, 0.125, 10, 250, 250]);
  });

  it('is a fifth of a second for progress while few listen, and at most two fifths', () => {
    expect([0, 1, 800, 1600, 2000, 50_000].map((streams) => pauseBetween(streams, true))).toEqual([200, 200, 200, 400, 400, 400]);
  });
});
