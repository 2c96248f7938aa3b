import { RecentChanges } from './recent-changes.js';

describe('recent changes', () => {
  it('are told again from where a page had got to, each task once, by its last change', () => {
    const recent = new RecentChanges();
    for (const id of ['a', 'b', 'c', 'a']) recent.add(id);
    expect([...recent.between(1, recent.last)]).toEqual([
      ['b', 2],
      ['c', 3],
      ['a', 4],
    ]);
    expect([...recent.between(2, 3)]).toEqual([['c', 3]]);
  });

  it('are found by the id of an event of the same process', () => {
    const recent = new RecentChanges();
    const number = recent.add('a');
    expect(recent.numberIn(recent.eventId(number))).toBe(number);
  });

  it.each(['', '1', '-1', 'other-1', '1-', 'x-1e3', '__proto__-0', '-'.repeat(10_000)])('are not found by %s', (id) => {
    const recent = new RecentChanges();
    recent.add('a');
    expect(recent.numberIn(id)).toBeNull();
  });

  it('are not found by an id that was never given', () => {
    const recent = new RecentChanges();
    expect(recent.numberIn(recent.eventId(5))).toBeNull();
  });

  it('older than the last few thousand are forgotten, and so is the way back to them', () => {
    const recent = new RecentChanges();
    const early = recent.eventId(recent.add('first'));
    for (let index = 0; index < 6000; index += 1) recent.add(`task ${index}`);
    expect(recent.numberIn(early)).toBeNull();
    expect(recent.between(0, recent.last).size).toBe(5000);
    const [oldest] = recent.between(0, recent.last).values();
    expect(recent.numberIn(recent.eventId(oldest! - 1))).toBe(oldest! - 1);
  });

  it('of a few tasks stay known however often they change', () => {
    const recent = new RecentChanges();
    const early = recent.eventId(recent.add('quiet'));
    for (let index = 0; index < 20_000; index += 1) recent.add(`task ${index % 50}`);
    expect(recent.numberIn(early)).toBe(1);
  });

  it('before a gap cannot be reached any more', () => {
    const recent = new RecentChanges();
    const before = recent.eventId(recent.add('a'));
    const gap = recent.gap();
    expect(recent.numberIn(before)).toBeNull();
    expect(recent.numberIn(recent.eventId(gap))).toBe(gap);
  });
});
