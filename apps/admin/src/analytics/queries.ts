import type {
  Budgets,
  Convergence,
  Costs,
  Durations,
  Failures,
  Importance,
  Overview,
  Recommendations,
  SuccessRates,
} from '@lora-ledger/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { apiGet, type QueryValue } from '../api/http.js';
import { toAnalyticsQuery, type AnalyticsSearch } from './analytics-search.js';
import { utcOffset } from './buckets.js';

/** One question about the tasks that the page selects. The last answer stays until the new one is there. */
function question<Answer>(endpoint: string, search: AnalyticsSearch, asked: Record<string, QueryValue> = {}) {
  return queryOptions({
    queryKey: ['analytics', endpoint, search, asked],
    queryFn: ({ signal }) => apiGet<Answer>(`/analytics/${endpoint}`, { ...toAnalyticsQuery(search, Date.now()), ...asked }, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

export const overviewOptions = (search: AnalyticsSearch) => question<Overview>('overview', search, { utcOffset: utcOffset() });
export const successOptions = (search: AnalyticsSearch, by: readonly string[]) => question<SuccessRates>('success-rate', search, { by });
export const convergenceOptions = (search: AnalyticsSearch, by: string) =>
  question<Convergence>('convergence', search, { by, metric: search.metric, target: search.target });
export const durationsOptions = (search: AnalyticsSearch, by: string) => question<Durations>('durations', search, { by });
export const failuresOptions = (search: AnalyticsSearch) => question<Failures>('failures', search, { utcOffset: utcOffset() });
export const costOptions = (search: AnalyticsSearch) => question<Costs>('cost', search, { by: search.per, utcOffset: utcOffset() });
export const importanceOptions = (search: AnalyticsSearch) => question<Importance>('importance', search, { objective: search.objective });
export const recommendationsOptions = (search: AnalyticsSearch) =>
  question<Recommendations>('recommendations', search, { objective: search.objective, present: search.present });

export const budgetsOptions = queryOptions({
  queryKey: ['analytics', 'budgets'],
  queryFn: ({ signal }) => apiGet<Budgets>('/analytics/budgets', undefined, signal),
});
