import { useRef, type RefObject } from 'react';

/** Walks from one differing row of a table to the next, round and round; the row reached is scrolled to and told by focus. */
export function useNextDifference(frame: RefObject<HTMLElement | null>): (by: 1 | -1) => void {
  const at = useRef<Element>(null);
  return (by) => {
    const rows = [...(frame.current?.querySelectorAll<HTMLElement>('tr[data-different]') ?? [])];
    if (rows.length === 0) return;
    const before = rows.findIndex((row) => row === at.current);
    const row = rows[before === -1 ? (by === 1 ? 0 : rows.length - 1) : (before + by + rows.length) % rows.length];
    at.current = row ?? null;
    row?.setAttribute('tabindex', '-1');
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'center' });
  };
}
