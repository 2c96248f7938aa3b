/** The element of a row in view, by a number that outlives the row. */
export interface RowSlot {
  slot: number;
  index: number;
}

/**
 * Which element shows which row. As rows scroll out their elements are given to those that scroll in, which costs the browser a
 * fraction of making new ones. Elements keep their order in the document while the list moves, and are put into the order of the
 * rows, for those who read with their ears or go by Tab, when it `rests`. One that nobody needs at the moment stays with its row, just
 * out of view, and goes only then: the next turn of the wheel mostly needs it again.
 */
export class RowSlots {
  private shown: readonly RowSlot[] = [];

  /** @param first,last rows in view, from 0; `last` below `first`: none */
  place(first: number, last: number, rests: boolean): readonly RowSlot[] {
    const isInView = ({ index }: RowSlot): boolean => index >= first && index <= last;
    const held = new Set(this.shown.filter(isInView).map(({ index }) => index));
    const missing: number[] = [];
    for (let index = first; index <= last; index += 1) if (!held.has(index)) missing.push(index);
    const moved = this.shown.map((one) =>
      isInView(one) || missing.length === 0 ? one : { slot: one.slot, index: missing.shift() ?? one.index },
    );
    const used = new Set(moved.map(({ slot }) => slot));
    for (let slot = 0; missing.length > 0; slot += 1) if (!used.has(slot)) moved.push({ slot, index: missing.shift() ?? first });
    this.shown = rests ? moved.filter(isInView).sort((a, b) => a.index - b.index) : moved;
    return this.shown;
  }
}
