import { useMemo } from 'react';
import { parseListSearch, type ListSearch } from './list-search.js';

/** The state of a list as the router hands it out, without what else stands in the address: the API refuses what it does not know. */
export function useListSearch(raw: Readonly<Record<string, unknown>>): ListSearch {
  return useMemo(() => parseListSearch(raw), [raw]);
}
