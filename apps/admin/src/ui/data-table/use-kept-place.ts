import { useLayoutEffect, useRef } from 'react';
import type { ActiveRow } from './use-active-row.js';

/** Where somebody is in a list. */
export interface Place {
  /** Pixels scrolled. */
  offset: number;
  active: ActiveRow | null;
}

const PLACES_MAX = 50;
const TOP: Place = { offset: 0, active: null };
const places = new Map<string, Place>();

/** A place that has been seen as it was left; a new one begins at its top. */
export function keptPlace(name: string | undefined): Place {
  return (name === undefined ? undefined : places.get(name)) ?? TOP;
}

function keep(name: string | undefined, place: Place): void {
  if (name === undefined) return;
  places.delete(name);
  places.set(name, place);
  const [oldest] = places.keys();
  if (places.size > PLACES_MAX && oldest !== undefined) places.delete(oldest);
}

interface Following {
  /** The rows are those of the named place, no longer what was there before. */
  isShown: boolean;
  now: () => Place;
  go: (place: Place) => void;
}

/** Remembers where somebody was when the place changes or the list goes away, and leads there when it comes back under the same name. */
export function useKeptPlace(name: string | undefined, following: Following): void {
  const latest = useRef(following);
  const shown = useRef(name);
  useLayoutEffect(() => {
    latest.current = following;
  });
  const { isShown } = following;
  useLayoutEffect(() => {
    if (!isShown || shown.current === name) return;
    keep(shown.current, latest.current.now());
    shown.current = name;
    latest.current.go(keptPlace(name));
  }, [name, isShown]);
  useLayoutEffect(() => () => keep(shown.current, latest.current.now()), []);
}
