import type { ListSelection } from '@lora-ledger/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useNow } from '../ui/use-now.js';
import { bucketDays } from './buckets.js';
import type { ListSearch } from '../task-filter/list-search.js';
import { listBehind, type AnalyticsSearch, type TaskFilter } from './analytics-search.js';

/** What every section is given: the address, and the way to change it. */
export interface SectionProps {
  search: AnalyticsSearch;
  onChange: (change: Partial<AnalyticsSearch>) => void;
}

/** The way from marks to their tasks. */
export function useTasksBehind(search: AnalyticsSearch) {
  const navigate = useNavigate();
  const behind = useCallback(
    (selection: ListSelection, more?: TaskFilter): ListSearch | null => (selection === null ? null : listBehind(search, selection, more)),
    [search],
  );
  const open = useCallback(
    (tasks: ListSearch | null | undefined) => {
      if (tasks != null) void navigate({ to: '/tasks', search: tasks });
    },
    [navigate],
  );
  return useMemo(() => ({ behind, open }), [behind, open]);
}

/** The days behind each bar of a series over time. */
export function useBucketDays(
  series: readonly { from: string }[],
  search: AnalyticsSearch,
): (index: number) => Pick<TaskFilter, 'createdFrom' | 'createdTo'> {
  const now = useNow(false);
  return (index) => bucketDays(series, index, search, now);
}
