import { useEffect } from 'react';

/** What keys can be for, in the order in which the help names them. */
export const KEY_NAMES = [
  'search',
  'move',
  'openRow',
  'select',
  'actions',
  'clone',
  'compare',
  'trash',
  'restore',
  'submit',
  'undo',
  'palette',
  'help',
] as const;
export type KeyName = (typeof KEY_NAMES)[number];

export interface KeyHelp {
  name: KeyName;
  /** As they are written on the keys. */
  keys: readonly string[];
}

const offered = new Map<symbol, readonly KeyHelp[]>();

/** Has the help name these keys for as long as the component is on the page. `keys` should not be made anew with every drawing. */
export function useKeyHelp(keys: readonly KeyHelp[]): void {
  useEffect(() => {
    const mark = Symbol('keys');
    offered.set(mark, keys);
    return () => {
      offered.delete(mark);
    };
  }, [keys]);
}

/** What the page that is open offers, each thing once with all of its keys. */
export function offeredKeys(): KeyHelp[] {
  const all = [...offered.values()].flat();
  return KEY_NAMES.flatMap((name) => {
    const keys = [...new Set(all.flatMap((one) => (one.name === name ? one.keys : [])))];
    return keys.length === 0 ? [] : [{ name, keys }];
  });
}
