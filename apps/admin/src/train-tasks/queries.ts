import type {
  Comparison,
  ConfigPreview,
  Failures,
  FamilyTree,
  Importance,
  LogMatches,
  LogSlice,
  Metrics,
  TaskEvents,
  TrainerList,
  TrainTaskDetail,
  TrainTaskPage,
  TrainTaskSummary,
} from '@lora-ledger/contracts';
import type { ConfigFormat, FailureReason } from '@lora-ledger/training';
import { infiniteQueryOptions, keepPreviousData, queryOptions, replaceEqualDeep } from '@tanstack/react-query';
import { apiGet } from '../api/http.js';
import type { CurveRange } from '../ui/curve-axis.js';
import { toApiQuery, type ListSearch } from '../task-filter/list-search.js';
import { withArrived, type LoadedPages } from './list/list-pages.js';

/** Rows of the first page, which somebody waits for, and of those that are fetched ahead of who scrolls. */
export const PAGE_SIZE = 50;
const NEXT_PAGE_SIZE = 100;
/** How long a list is kept for somebody who is reading one of its tasks. */
const LIST_KEPT_MS = 15 * 60_000;
const CURVE_POINTS = 1500;

/** The only place where the cache keys of tasks are written down. */
export const taskKeys = {
  all: ['train-tasks'] as const,
  lists: ['train-tasks', 'list'] as const,
  list: ({ layout: _look, ...search }: ListSearch, trash: boolean) => ['train-tasks', 'list', { search, trash }] as const,
  detail: (taskId: string) => ['train-tasks', 'detail', taskId] as const,
  part: (taskId: string, part: 'events' | 'metrics' | 'log-tail' | 'clone-draft' | 'config' | 'family') =>
    ['train-tasks', 'detail', taskId, part] as const,
};

/** One page of a list; used by the query itself and by whoever keeps the loaded pages fresh. Counting all rows is dear and asked for once. */
export function fetchTaskPage(
  search: ListSearch,
  trash: boolean,
  cursor: string | null,
  signal?: AbortSignal,
  withTotal = false,
): Promise<TrainTaskPage> {
  const query = toApiQuery(search, Date.now());
  return apiGet<TrainTaskPage>(
    '/train-tasks',
    {
      ...query,
      deleted: trash ? 'only' : undefined,
      limit: cursor === null ? PAGE_SIZE : NEXT_PAGE_SIZE,
      cursor,
      withTotal: withTotal ? true : undefined,
    },
    signal,
  );
}

/** Those of some tasks, at most 100, that a list still selects, as they are now. */
export async function fetchListed(
  search: ListSearch,
  trash: boolean,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<TrainTaskSummary[]> {
  const query = toApiQuery(search, Date.now());
  return (
    await apiGet<TrainTaskPage>(
      '/train-tasks',
      { ...query, sort: undefined, deleted: trash ? 'only' : undefined, ids, limit: ids.length },
      signal,
    )
  ).items;
}

/** The list in pages. What is loaded stays loaded and is kept fresh row by row (see `live.ts`), never by loading all pages again. */
export function taskListOptions(search: ListSearch, trash = false) {
  return infiniteQueryOptions({
    queryKey: taskKeys.list(search, trash),
    queryFn: ({ pageParam, signal }) => fetchTaskPage(search, trash, pageParam, signal, pageParam === null),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // A page is put behind the pages that were there when it set out, and would undo what was heard since.
    structuralSharing: (now, next) =>
      replaceEqualDeep(now, now === undefined ? next : withArrived(now as LoadedPages, next as LoadedPages)),
    staleTime: Infinity,
    gcTime: LIST_KEPT_MS,
  });
}

export function taskOptions(taskId: string) {
  return queryOptions({
    queryKey: taskKeys.detail(taskId),
    queryFn: ({ signal }) => apiGet<TrainTaskDetail>(`/train-tasks/${taskId}`, undefined, signal),
  });
}

export function eventsOptions(taskId: string) {
  return queryOptions({
    queryKey: taskKeys.part(taskId, 'events'),
    queryFn: ({ signal }) => apiGet<TaskEvents>(`/train-tasks/${taskId}/events`, undefined, signal),
  });
}

/** Tasks side by side. */
export function comparisonOptions(ids: readonly string[]) {
  return queryOptions({
    queryKey: [...taskKeys.all, 'compare', ids],
    queryFn: ({ signal }) => apiGet<Comparison>('/train-tasks/compare', { ids, curves: false }, signal),
    placeholderData: keepPreviousData,
  });
}

/** Curves of some metrics; `range` in steps asks for more detail of a part. The old curve stays until the new one is there. */
export function metricsOptions(taskId: string, keys: readonly string[], range: CurveRange | null, maxPoints = CURVE_POINTS) {
  return queryOptions({
    queryKey: [...taskKeys.part(taskId, 'metrics'), keys, range, maxPoints],
    queryFn: ({ signal }) =>
      apiGet<Metrics>(
        `/train-tasks/${taskId}/metrics`,
        {
          keys,
          maxPoints,
          from: range === null ? undefined : Math.max(0, Math.floor(range.from)),
          to: range === null ? undefined : Math.ceil(range.to),
        },
        signal,
      ),
    placeholderData: keepPreviousData,
    enabled: keys.length > 0,
  });
}

/** A piece of log from byte `offset`, negative from the end; at most `limit` bytes. */
export function fetchLog(taskId: string, offset: number, limit: number, signal?: AbortSignal): Promise<LogSlice> {
  return apiGet<LogSlice>(`/train-tasks/${taskId}/log`, { offset, limit }, signal);
}

/** Lines of a log that contain a text, from a byte on; a long log is searched in several requests. */
export function fetchLogMatches(taskId: string, q: string, from: number, limit: number, signal?: AbortSignal): Promise<LogMatches> {
  return apiGet<LogMatches>(`/train-tasks/${taskId}/log/search`, { q, from, limit }, signal);
}

export function familyOptions(taskId: string) {
  return queryOptions({
    queryKey: taskKeys.part(taskId, 'family'),
    queryFn: ({ signal }) => apiGet<FamilyTree>(`/train-tasks/${taskId}/family`, undefined, signal),
    staleTime: 10_000,
  });
}

/** What failures of one reason say and have in common, among the tasks one may see. */
export function similarFailuresOptions(failureReason: FailureReason) {
  return queryOptions({
    queryKey: [...taskKeys.all, 'failures', failureReason],
    queryFn: ({ signal }) => apiGet<Failures>('/analytics/failures', { failureReason: [failureReason], scope: 'all' }, signal),
    staleTime: 60_000,
  });
}

/** Tasks by words of their name, to add one of them. */
export function taskSearchOptions(q: string) {
  return queryOptions({
    queryKey: [...taskKeys.all, 'search', q],
    queryFn: ({ signal }) => apiGet<TrainTaskPage>('/train-tasks', { q: q === '' ? undefined : q, scope: 'all', limit: 20 }, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

/** How much each parameter decides the final loss of trainings of some models, as far as past tasks tell. */
export function importanceOptions(modelNames: readonly string[]) {
  return queryOptions({
    queryKey: [...taskKeys.all, 'importance', modelNames],
    queryFn: ({ signal }) =>
      apiGet<Importance>('/analytics/importance', { objective: 'finalLoss', modelName: modelNames, scope: 'all' }, signal),
    staleTime: 300_000,
  });
}

export const trainersOptions = queryOptions({
  queryKey: ['trainers'],
  queryFn: ({ signal }) => apiGet<TrainerList>('/trainers', undefined, signal),
  staleTime: 60_000,
});

/** The configuration of a task as a file; `null` in the format of its trainer. It never changes. */
export function configPreviewOptions(taskId: string, format: ConfigFormat | null) {
  return queryOptions({
    queryKey: [...taskKeys.part(taskId, 'config'), format],
    queryFn: ({ signal }) => apiGet<ConfigPreview>(`/train-tasks/${taskId}/config`, { format, as: 'preview' }, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}
