import type { People } from '@lora-ledger/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { apiGet } from './http.js';

/** People whose username or name contains `part`, at most 20. The ones found before stay until the new ones are there. */
export function peopleOptions(part: string) {
  const q = part.trim();
  return queryOptions({
    queryKey: ['people', q.toLowerCase()],
    queryFn: ({ signal }) => apiGet<People>('/people', { q }, signal),
    placeholderData: keepPreviousData,
    enabled: q !== '',
    staleTime: 60_000,
  });
}
