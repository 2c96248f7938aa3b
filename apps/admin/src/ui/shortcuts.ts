import { useHotkeys } from '@mantine/hooks';
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

export type Shortcut = readonly [key: string, act: (event: KeyboardEvent) => void];

/** Single keys of a page, wherever its focus is but in a field that takes what is typed; a ticked box is none. */
export function useShortcuts(keys: readonly Shortcut[]): void {
  const on = useShortcutsEnabled();
  useHotkeys(!on ? [] : keys.map(([key, act]) => [key, (event: KeyboardEvent) => {
    if (takesText(event.target)) return;
    event.preventDefault();
    act(event);
  }, { preventDefault: false }]), []);
}

const BUTTON_LIKE = ['checkbox', 'radio', 'button', 'submit', 'reset'];

function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !BUTTON_LIKE.includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
