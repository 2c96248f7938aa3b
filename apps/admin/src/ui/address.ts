import type { HistoryState } from '@tanstack/react-router';

/** A query string without the escapes that it does not need: lists are written with commas and colons, and addresses are read by people. */
export function legible(query: string): string {
  return query.replaceAll('%2C', ',').replaceAll('%3A', ':');
}

/**
 * Says one thing otherwise where the address stands: the same step in the history of the tab, so that nobody is led to another place of
 * the page. Nothing is said when somebody is on the way elsewhere: the address is that of the next page while this one is still shown.
 *
 * @param page that it is said about, as a path
 * @param state to be remembered with this step
 */
export function restate(page: string, name: string, value: string | undefined, state: Partial<HistoryState>): void {
  const address = new URL(window.location.href);
  if (address.pathname !== page) return;
  if (value === undefined) address.searchParams.delete(name);
  else address.searchParams.set(name, value);
  address.search = legible(address.search);
  window.history.replaceState({ ...(window.history.state as HistoryState), ...state }, '', address);
}
