import fc from 'fast-check';
import { bucketsBetween, bucketStart, chooseBucket, dayOrigin } from './time-buckets.js';

const at = (text: string): number => Date.parse(text);

describe('days, weeks and months', () => {
  it("begin where the caller's clock says so", () => {
    expect(new Date(bucketStart(at('2026-03-03T17:00:00Z'), 'day', 480)).toISOString()).toBe('2026-03-03T16:00:00.000Z');
    expect(new Date(bucketStart(at('2026-03-08T23:59:59Z'), 'week', 0)).toISOString()).toBe('2026-03-02T00:00:00.000Z');
    expect(new Date(bucketStart(at('2026-03-31T23:30:00Z'), 'month', 60)).toISOString()).toBe('2026-03-31T23:00:00.000Z');
    expect(dayOrigin(480)).toBe('2000-12-31T16:00:00.000Z');
  });

  it('follow one another without a gap or an overlap, leap days and years included', () => {
    expect(
      bucketsBetween(at('2023-12-30T00:00:00Z'), at('2024-03-01T00:00:00Z'), 'month', 0).map((start) =>
        new Date(start).toISOString().slice(0, 10),
      ),
    ).toEqual(['2023-12-01', '2024-01-01', '2024-02-01', '2024-03-01']);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e12 }),
        fc.integer({ min: 0, max: 5e10 }),
        fc.constantFrom('day' as const, 'week' as const, 'month' as const),
        fc.integer({ min: -840, max: 840 }),
        (from, length, bucket, offset) => {
          const starts = bucketsBetween(from, from + length, bucket, offset);
          expect(starts[0]).toBe(bucketStart(from, bucket, offset));
          expect(starts.at(-1)).toBe(bucketStart(from + length, bucket, offset));
          starts.forEach((start, index) => {
            expect(bucketStart(start, bucket, offset)).toBe(start);
            if (index > 0) expect(bucketStart(start - 1, bucket, offset)).toBe(starts[index - 1]);
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are as wide as a readable series needs, or as is asked for within reason', () => {
    expect(chooseBucket(0, 30 * 86_400_000, undefined)).toBe('day');
    expect(chooseBucket(0, 200 * 86_400_000, undefined)).toBe('week');
    expect(chooseBucket(0, 2000 * 86_400_000, undefined)).toBe('month');
    expect(chooseBucket(0, 200 * 86_400_000, 'day')).toBe('day');
    expect(chooseBucket(0, 20_000 * 86_400_000, 'day')).toBe('month');
  });
});
