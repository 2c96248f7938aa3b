import type { HistoryState } from '@tanstack/react-router';

/**
 * Says one thing otherwise where the address stands: the same step in the history of the tab, so that nobody is led to another place of
 * the page.
 *
 * @param state to be remembered with this step
 */
export function restate(name: string, value: string | undefined, state: Partial<HistoryState>): void {
  const address = new URL(window.location.href);
  if (value === undefined) address.searchParams.delete(name);
  else address.searchParams.set(name, value);
  // As the router writes addresses: a comma needs no escape.
  address.search = address.search.replaceAll('%2C', ',');
  window.history.replaceState({ ...(window.history.state as HistoryState), ...state }, '', address);
}
