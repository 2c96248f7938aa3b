import { bucketDays, bucketName } from './buckets.js';

const JUNE = Date.UTC(2026, 5, 1);
const series = ['2026-03-02T00:00:00.000Z', '2026-03-09T00:00:00.000Z'].map((from) => ({ from }));

describe('a bar of a series over time', () => {
  it('leads to its own days', () => {
    expect(bucketDays(series, 0, {}, 0)).toEqual({ createdFrom: '2026-03-02T00:00:00.000Z', createdTo: '2026-03-09T00:00:00.000Z' });
    expect(bucketDays(series, 1, {}, 0)).toEqual({ createdFrom: '2026-03-09T00:00:00.000Z' });
  });
  it('never to days outside of those the page is about', () => {
    expect(bucketDays(series, 0, { createdFrom: '2026-03-04T00:00:00.000Z', createdTo: '2026-03-05T00:00:00.000Z' }, 0)).toEqual({
      createdFrom: '2026-03-04T00:00:00.000Z',
      createdTo: '2026-03-05T00:00:00.000Z',
    });
    expect(bucketDays(series, 0, { created: '7d' }, Date.UTC(2026, 2, 10))).toEqual({
      createdFrom: '2026-03-03T00:00:00.000Z',
      createdTo: '2026-03-09T00:00:00.000Z',
    });
  });
  it('is named with the year only where that is not this one', () => {
    expect(bucketName('2026-03-02T12:00:00.000Z', 'day', 'en', 0, JUNE)).toBe('Mar 2');
    expect(bucketName('2025-03-02T12:00:00.000Z', 'week', 'en', 0, JUNE)).toBe('Mar 2, 25');
    expect(bucketName('2026-03-02T12:00:00.000Z', 'month', 'en', 0, JUNE)).toBe('Mar 2026');
  });
  it('is named by the clock by which it was cut, in summer and in winter', () => {
    expect(bucketName('2026-01-04T22:00:00.000Z', 'week', 'en', 120, JUNE)).toBe('Jan 5');
    expect(bucketName('2025-12-31T22:00:00.000Z', 'month', 'en', 120, JUNE)).toBe('Jan 2026');
    expect(bucketName('2025-12-31T22:00:00.000Z', 'day', 'en', 120, JUNE)).toBe('Jan 1');
    expect(bucketName('2026-01-05T04:00:00.000Z', 'week', 'en', -240, JUNE)).toBe('Jan 5');
    expect(bucketName('2026-01-04T18:15:00.000Z', 'day', 'en', 345, JUNE)).toBe('Jan 5');
  });
});
