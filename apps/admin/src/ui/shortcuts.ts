import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from './stored.js';

const KEY = 'lora-ledger.shortcuts';
const listeners = new Set<() => void>();
let enabled: boolean | undefined;

function isEnabled(): boolean {
  enabled ??= readStored(KEY) !== false;
  return enabled;
}

/** Shortcuts of a single letter get in the way of speech input, so that they can be switched off. */
export function useShortcutsEnabled(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isEnabled);
}

export function enableShortcuts(on: boolean): void {
  enabled = on;
  writeStored(KEY, on);
  listeners.forEach((notify) => notify());
}
