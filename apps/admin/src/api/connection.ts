import { useSyncExternalStore } from 'react';

let reachable = true;
const listeners = new Set<() => void>();

/** Every request tells here whether the server answered, so that one banner can say it for the whole page. */
export function reportReachable(now: boolean): void {
  if (now === reachable) return;
  reachable = now;
  listeners.forEach((notify) => notify());
}

export function useReachable(): boolean {
  return useSyncExternalStore(subscribe, () => reachable);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
