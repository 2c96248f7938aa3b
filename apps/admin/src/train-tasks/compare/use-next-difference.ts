import { useCallback, useRef, type RefObject } from 'react';

/** Walks from one differing row of a table to the next, round and round; the row reached is scrolled to and told by focus. */
export function useNextDifference(frame: RefObject<HTMLElement | null>): { next: () => void; previous: () => void } {
  const at = useRef(-1);
  const go = useCallback((by: 1 | -1) => {
    const rows = [...(frame.current?.querySelectorAll<HTMLElement>('tr[data-different]') ?? [])];
    if (rows.length === 0) return;
    at.current = (Math.max(at.current, by === 1 ? -1 : 0) + by + rows.length) % rows.length;
    const row = rows[at.current];
    row?.setAttribute('tabindex', '-1');
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, [frame]);
  return { next: useCallback(() => go(1), [go]), previous: useCallback(() => go(-1), [go]) };
}
