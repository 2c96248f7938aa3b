import { RowSlots } from './row-slots.js';

const indexes = (shown: { index: number }[]) => shown.map(({ index }) => index);
const slotOf = (shown: { slot: number; index: number }[], index: number) => shown.find((one) => one.index === index)?.slot;

describe('the elements of the rows in view', () => {
  it('show every row once, whatever is scrolled to', () => {
    const slots = new RowSlots();
    for (const [first, last] of [[0, 9], [3, 12], [40, 49], [41, 48], [7, 16], [0, 11], [95, 99]] as const) {
      const shown = slots.place(first, last, false);
      expect(indexes(shown).sort((a, b) => a - b)).toEqual(Array.from({ length: last - first + 1 }, (_none, at) => first + at));
      expect(new Set(shown.map(({ slot }) => slot)).size).toBe(shown.length);
    }
  });
  it('stay with their row as long as it is in view', () => {
    const slots = new RowSlots();
    const before = slots.place(0, 9, true);
    const after = slots.place(4, 13, false);
    for (const index of [4, 5, 6, 7, 8, 9]) expect(slotOf(after, index)).toBe(slotOf(before, index));
  });
  it('keep their order in the document while the list moves and take that of the rows when it rests', () => {
    const slots = new RowSlots();
    const before = slots.place(0, 3, true);
    expect(slots.place(2, 5, false).map(({ slot }) => slot)).toEqual(before.map(({ slot }) => slot));
    expect(indexes(slots.place(2, 5, true))).toEqual([2, 3, 4, 5]);
    expect(indexes(slots.place(3, 6, false))).toEqual([6, 3, 4, 5]);
  });
  it('are none for no rows', () => {
    expect(new RowSlots().place(0, -1, true)).toEqual([]);
  });
});
