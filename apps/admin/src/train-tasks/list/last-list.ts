import type { ListSearch } from '../../task-filter/list-search.js';

let last: ListSearch = {};

/** The list as it was seen last, so that the way back from a task leads to the same rows. */
export function rememberList(search: ListSearch): void {
  last = search;
}

export function lastList(): ListSearch {
  return last;
}
