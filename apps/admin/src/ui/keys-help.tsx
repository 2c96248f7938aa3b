import { lazy, Suspense, useSyncExternalStore } from 'react';
import { useShortcuts } from './shortcuts.js';

const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.js')).KeysDialog }));

let opened = false;
const listeners = new Set<() => void>();

function setOpened(next: boolean): void {
  opened = next;
  listeners.forEach((notify) => notify());
}

/** Opens the help on keys, from a button or a command of any page. */
export function callKeysHelp(): void {
  setOpened(true);
}

/** The help on keys and its own key; stands once around all pages. */
export function KeysHelp() {
  const isOpen = useSyncExternalStore(listen, () => opened);
  useShortcuts([['shift+?', 'help', callKeysHelp]]);
  return isOpen ? (
    <Suspense>
      <KeysDialog onClose={() => setOpened(false)} />
    </Suspense>
  ) : null;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
