import { Random } from './random.js';

describe('random numbers of a seed', () => {
  it('are the same in every run', () => {
    const [one, other] = [new Random(7), new Random(7)];
    expect(Array.from({ length: 100 }, () => one.next())).toEqual(Array.from({ length: 100 }, () => other.next()));
  });

  it('favour the first items, but reach the last', () => {
    const random = new Random(7);
    const counts = new Map<number, number>();
    for (let turn = 0; turn < 20_000; turn += 1) {
      const item = random.favourite([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      counts.set(item, (counts.get(item) ?? 0) + 1);
    }
    expect(counts.size).toBe(10);
    expect((counts.get(1) ?? 0) / (counts.get(10) ?? 0)).toBeGreaterThan(4);
  });

  it('make UUIDs of version 4', () => {
    expect(new Random(1).uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
