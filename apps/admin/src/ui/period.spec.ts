import { fieldTime, isPeriodName, readPeriod, startOfPeriod, wholeDays } from './period.js';

describe('a moving time range', () => {
  it('begins as many days ago as it says', () => {
    expect(startOfPeriod('7d', Date.UTC(2026, 2, 8, 12))).toBe('2026-03-01T12:00:00.000Z');
  });
  it('is known by its name only', () => {
    expect(isPeriodName('24h')).toBe(true);
    expect(['toString', '', '8d'].some(isPeriodName)).toBe(false);
  });
});

describe("a time range of one's own", () => {
  it('is read from local times, either of which may be open', () => {
    expect(readPeriod('2026-03-01T14:30', '')).toEqual({ from: new Date(2026, 2, 1, 14, 30).toISOString(), to: undefined });
    expect(readPeriod('', '')).toEqual({ from: undefined, to: undefined });
  });
  it('cannot end before it begins, nor hold nothing', () => {
    expect(readPeriod('2026-03-02T00:00', '2026-03-01T00:00')).toBe('wrongWay');
    expect(readPeriod('2026-03-02T00:00', '2026-03-02T00:00')).toBe('wrongWay');
  });
  it('stands in its fields as it was typed', () => {
    const { from } = readPeriod('2026-03-01T14:30', '') as { from: string };
    expect([fieldTime(from), fieldTime(undefined)]).toEqual(['2026-03-01T14:30', '']);
  });
  it('is told in days where it consists of them, the last one included', () => {
    const at = (...parts: [number, number, number, number?]) => new Date(...parts).toISOString();
    expect(wholeDays({ from: at(2026, 2, 1), to: at(2026, 2, 8) })).toEqual({
      first: at(2026, 2, 1),
      last: new Date(new Date(2026, 2, 8).getTime() - 1).toISOString(),
    });
    expect(wholeDays({ from: at(2026, 2, 1, 12), to: at(2026, 2, 8) })).toBeNull();
    expect(wholeDays({ from: at(2026, 2, 1) })).toEqual({ first: at(2026, 2, 1), last: undefined });
  });
});
