import { isValidElement, type ReactNode } from 'react';

/** Widths of characters in parts of the size of the font, none less than in any common typeface. */
const NARROW = 0.36;
const MIDDLE = 0.65;
const WIDE = 1;

/** Whether a cell surely has room for what it shows: text by itself or in one plain element. All else may be of any width. */
export function fits(content: ReactNode, room: number, fontSize: number): boolean {
  const text = isValidElement<{ children?: ReactNode }>(content) ? content.props.children : content;
  return typeof text === 'string' && widthAtMost(text) * fontSize <= room;
}

function widthAtMost(text: string): number {
  let width = 0;
  for (const character of text)
    width += " .,:;!|'ijl".includes(character) ? NARROW : /[\da-ln-vx-z/+-]/.test(character) ? MIDDLE : WIDE * character.length;
  return width;
}
