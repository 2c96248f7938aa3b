import type { AuditFilter } from '@lora-ledger/contracts';
import type { QueryValue } from '../../api/http.js';
import { isPeriodName, startOfPeriod, type PeriodName } from '../../ui/period.js';

/** The whole state of the log in the address: the API's own filters, and a time range that moves with the clock. */
export type AuditSearch = AuditFilter & { last?: PeriodName };

const TEXTS = ['actor', 'action', 'subject'] as const;
const TIMES = ['from', 'to'] as const;

/** Reads an address that anybody may have edited: what makes no sense is left out. */
export function parseAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const search: AuditSearch = {};
  for (const key of TEXTS) {
    const value = text(raw[key]);
    if (value !== undefined) search[key] = value;
  }
  for (const key of TIMES) {
    const value = text(raw[key]);
    if (value !== undefined && !Number.isNaN(Date.parse(value))) search[key] = value;
  }
  const last = text(raw['last']);
  if (last !== undefined && isPeriodName(last)) search.last = last;
  return search;
}

/** The filters as the API takes them. `now` in milliseconds since 1970 gives a moving range its edge. */
export function toAuditQuery({ last, ...filter }: AuditSearch, now: number): Record<string, QueryValue> {
  return last === undefined ? { ...filter } : { ...filter, from: startOfPeriod(last, now) };
}

/** Address of all that the filters select, as a file. */
export function auditExportUrl(search: AuditSearch, format: 'csv' | 'json', now: number): string {
  const params = new URLSearchParams({ format });
  for (const [key, value] of Object.entries(toAuditQuery(search, now)))
    if (value !== undefined && value !== null) params.set(key, String(value));
  return `/api/audit-log/export?${params.toString()}`;
}

function text(value: unknown): string | undefined {
  const one: unknown = typeof value === 'number' ? String(value) : value;
  return typeof one === 'string' && one.trim() !== '' ? one.trim() : undefined;
}
