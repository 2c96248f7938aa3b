import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  listeners.forEach((notify) => notify());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
const silent = (): (() => void) => () => undefined;

/**
 * Milliseconds since 1970, renewed each second by one timer for the whole page.
 * With `ticking` off the value is only as fresh as the last render: right for things that no longer change.
 */
export function useNow(ticking = true): number {
  return useSyncExternalStore(ticking ? subscribe : silent, () => now);
}
