/** The element of a row in view, by a number that outlives the row. */
export interface RowSlot {
  slot: number;
  index: number;
}

/**
 * Which element shows which row. As rows scroll out their elements are given to those that scroll in, which costs the browser a
 * fraction of making new ones. Elements keep their order in the document while the list moves, and are put into the order of the
 * rows, for those who read with their ears or go by Tab, when it `rests`.
 */
export class RowSlots {
  private order: number[] = [];

  /** @param first,last rows in view, from 0; `last` below `first`: none */
  place(first: number, last: number, rests: boolean): RowSlot[] {
    const count = Math.max(0, last - first + 1);
    if (count > this.order.length) this.order = Array.from({ length: count }, (_none, slot) => slot);
    const slots = this.order.length;
    const shown = this.order.map((slot) => ({ slot, index: first + ((slot - (first % slots) + slots) % slots) })).filter(({ index }) => index <= last);
    if (!rests) return shown;
    shown.sort((a, b) => a.index - b.index);
    const sorted = shown.map(({ slot }) => slot);
    this.order = [...sorted, ...this.order.filter((slot) => !sorted.includes(slot))];
    return shown;
  }
}
