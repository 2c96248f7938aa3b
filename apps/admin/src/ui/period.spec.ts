import { isPeriodName, startOfPeriod } from './period.js';

describe('a moving time range', () => {
  it('begins as many days ago as it says', () => {
    expect(startOfPeriod('7d', Date.UTC(2026, 2, 8, 12))).toBe('2026-03-01T12:00:00.000Z');
  });
  it('is known by its name only', () => {
    expect(isPeriodName('24h')).toBe(true);
    expect(['toString', '', '8d'].some(isPeriodName)).toBe(false);
  });
});
