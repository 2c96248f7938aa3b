import type { HistoryState } from '@tanstack/react-router';
import type { ListSearch } from '../../task-filter/list-search.js';
import { ownKey } from '../../ui/stored.js';

/** By person: the next one on this browser begins with a list of their own. */
const last = new Map<string, ListSearch>();

/** The list as it was seen last, so that the way back from a task leads to the same rows. One's own columns are shown as they are by then. */
export function rememberList(search: ListSearch): void {
  const { hasOwnLayout } = window.history.state as HistoryState;
  last.set(ownKey('list'), hasOwnLayout === true ? { ...search, layout: undefined } : search);
}

export function lastList(): ListSearch {
  return last.get(ownKey('list')) ?? {};
}
