import * as fc from 'fast-check';
import { firstSnowflakeAt, SNOWFLAKE_EPOCH, SnowflakeGenerator } from './snowflake.js';

const NOW = Date.UTC(2026, 0, 1);
const timeOf = (id: string): number => Number(BigInt(id) >> 22n) + SNOWFLAKE_EPOCH;

it('says time, node and sequence', () => {
  const generator = new SnowflakeGenerator(1023, 0, () => NOW);
  const [first, second] = [BigInt(generator.next()), BigInt(generator.next())];
  expect(timeOf(String(first))).toBe(NOW);
  expect((first >> 12n) & 1023n).toBe(1023n);
  expect([first & 4095n, second & 4095n]).toEqual([0n, 1n]);
});

it('borrows from the next millisecond when one has given 4096 ids', () => {
  const generator = new SnowflakeGenerator(1, 0, () => NOW);
  const ids = Array.from({ length: 10_000 }, () => generator.next());
  expect(new Set(ids).size).toBe(10_000);
  expect(timeOf(ids[9_999]!)).toBe(NOW + 2);
});

it('goes on beyond everything a former holder of the node may have given', () => {
  expect(timeOf(new SnowflakeGenerator(1, NOW + 60_000, () => NOW).next())).toBeGreaterThanOrEqual(NOW + 60_000);
});

it('never repeats an id and never goes back, however the clock jumps', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { maxLength: 500 }), (jumps) => {
      let clock = NOW;
      const generator = new SnowflakeGenerator(7, 0, () => clock);
      const ids = jumps.map((jump) => {
        clock += jump;
        return BigInt(generator.next());
      });
      expect(ids.every((id, index) => index === 0 || id > ids[index - 1]!)).toBe(true);
    }),
  );
});

it('bounds the ids of a time from below', () => {
  const id = BigInt(new SnowflakeGenerator(0, 0, () => NOW).next());
  expect(id >= firstSnowflakeAt(NOW)).toBe(true);
  expect(id < firstSnowflakeAt(NOW + 1)).toBe(true);
  expect(firstSnowflakeAt(0)).toBe(0n);
  expect(firstSnowflakeAt(Date.UTC(9999, 11, 31)) < 2n ** 63n).toBe(true);
});

it('fits into 64 bits with a sign for longer than anybody will use it', () => {
  expect(BigInt(new SnowflakeGenerator(1023, 0, () => Date.UTC(2090, 0, 1)).next())).toBeLessThan(2n ** 63n);
});
