import type { Icon } from '@tabler/icons-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';

/** Something the page in view can do, offered by the command palette beside what every page has. */
export interface PageCommand {
  id: string;
  label: string;
  /** Further words it is found by. */
  words: string;
  Icon: Icon;
  run: () => void;
}

let offered: readonly PageCommand[] = [];
const listeners = new Set<() => void>();

function offer(next: readonly PageCommand[]): void {
  offered = next;
  listeners.forEach((notify) => notify());
}

/** Offers a command for as long as the component is there; `null` offers none. */
export function usePageCommand(command: PageCommand | null): void {
  const latest = useRef(command);
  useEffect(() => {
    latest.current = command;
  });
  const key = command === null ? null : `${command.id} ${command.label}`;
  useEffect(() => {
    const { current } = latest;
    if (key === null || current === null) return;
    const mine: PageCommand = { ...current, run: () => latest.current?.run() };
    offer([...offered, mine]);
    return () => offer(offered.filter((one) => one !== mine));
  }, [key]);
}

/** What the page in view offers now. */
export function usePageCommands(): readonly PageCommand[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offered,
  );
}
