import type { AuditPage } from '@lora-ledger/contracts';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { apiGet } from '../../api/http.js';
import { toAuditQuery, type AuditSearch } from './audit-search.js';

const PAGE_SIZE = 50;

/** The log, newest first, page by page. */
export function auditOptions(search: AuditSearch) {
  return infiniteQueryOptions({
    queryKey: ['audit-log', search],
    queryFn: ({ pageParam, signal }) =>
      apiGet<AuditPage>('/audit-log', { ...toAuditQuery(search, Date.now()), limit: PAGE_SIZE, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}
