import type { Facets } from '@lora-ledger/contracts';
import { queryOptions } from '@tanstack/react-query';
import { apiGet } from '../api/http.js';

/** What filters can be set to. */
export const facetsOptions = queryOptions({
  queryKey: ['train-tasks', 'facets'],
  queryFn: ({ signal }) => apiGet<Facets>('/train-tasks/facets', undefined, signal),
  staleTime: 60_000,
});
