import { useHotkeys } from '@mantine/hooks';
import { useMemo, useSyncExternalStore } from 'react';
import { useKeyHelp, type KeyName } from './key-help.js';
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

/** `key` as the hotkey library writes it; `name` is what the help calls it. */
export type Shortcut = readonly [key: string, name: KeyName, act: (event: KeyboardEvent) => void];

/**
 * Single keys of a page, wherever its focus is but in a field that takes what is typed; a ticked box is none. While a dialog or a menu is
 * open they rest: what is typed belongs to it. The help on keys names them.
 */
export function useShortcuts(keys: readonly Shortcut[]): void {
  const on = useShortcutsEnabled();
  const named = JSON.stringify(keys.map(([key, name]) => [key, name]));
  useKeyHelp(
    useMemo(() => (JSON.parse(named) as [string, KeyName][]).map(([key, name]) => ({ name, keys: [key.replace('shift+', '')] })), [named]),
  );
  useHotkeys(
    !on
      ? []
      : keys.map(([key, , act]) => [
          key,
          (event: KeyboardEvent) => {
            if (takesText(event.target) || isBusyElsewhere()) return;
            event.preventDefault();
            act(event);
          },
          { preventDefault: false },
        ]),
    [],
  );
}

/** Keys typed while a dialog or menu is open belong to it. */
export function isBusyElsewhere(): boolean {
  // Some are kept on the page, out of sight, while they are closed.
  return [...document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]')].some((one) => one.getClientRects().length > 0);
}

const BUTTON_LIKE = ['checkbox', 'radio', 'button', 'submit', 'reset'];

/** What is typed there is text, and keys have their usual meaning. */
export function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !BUTTON_LIKE.includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
