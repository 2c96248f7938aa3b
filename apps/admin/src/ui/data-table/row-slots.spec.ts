import { RowSlots, type RowSlot } from './row-slots.js';

const indexes = (shown: readonly RowSlot[]) => shown.map(({ index }) => index);
const slotOf = (shown: readonly RowSlot[], index: number) => shown.find((one) => one.index === index)?.slot;
const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_none, at) => first + at);

describe('the elements of the rows in view', () => {
  it('show every row once, whatever is scrolled to', () => {
    const slots = new RowSlots();
    for (const [first, last] of [
      [0, 9],
      [3, 12],
      [40, 49],
      [41, 48],
      [7, 16],
      [0, 11],
      [95, 99],
    ] as const) {
      const shown = slots.place(first, last, false);
      expect(indexes(shown)).toEqual(expect.arrayContaining(numbers(first, last)));
      expect(new Set(indexes(shown)).size).toBe(shown.length);
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
  it('are made only when there are too few, though a view holds now one row more and now one less', () => {
    const slots = new RowSlots();
    slots.place(10, 20, true);
    const made = new Set<number>();
    for (let first = 11; first < 60; first += 1)
      for (const { slot } of slots.place(first, first + (first % 2 === 0 ? 10 : 9), false)) made.add(slot);
    expect(made.size).toBe(11);
  });
  it('become fewer when the list rests in a smaller view, without a row being drawn in another', () => {
    const slots = new RowSlots();
    const before = slots.place(50, 89, true);
    expect(slots.place(50, 69, false)).toHaveLength(40);
    const after = slots.place(50, 69, true);
    expect(indexes(after)).toEqual(numbers(50, 69));
    for (const index of numbers(50, 69)) expect(slotOf(after, index)).toBe(slotOf(before, index));
    const made = new Set<number>();
    for (let first = 51; first < 90; first += 1) for (const { slot } of slots.place(first, first + 19, false)) made.add(slot);
    expect(made.size).toBe(20);
  });
  it('are none for no rows', () => {
    expect(new RowSlots().place(0, -1, true)).toEqual([]);
  });
});
