import { useThrottledCallback } from '@mantine/hooks';
import type { TrainTaskDetail, TrainTaskSummary } from '@lora-ledger/contracts';
import { isTerminal, type TaskStatus } from '@lora-ledger/training';
import { hashKey, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { apiGet } from '../api/http.js';
import { useStreamUp, useTaskStream } from '../api/live-stream.js';
import { isNotFound } from '../api/problem.js';
import { withProgress } from '../api/task-stream.js';
import type { ListSearch } from '../task-filter/list-search.js';
import { readExtraColumn } from './list/extra-column.js';
import { dropRows, pagesInView, patchRows, prependRows, progressRows, sortOut, unknownRows, type LoadedPages } from './list/list-pages.js';
import { OwnMoves } from './own-moves.js';
import { eventsOptions, fetchTaskPage, PAGE_SIZE, taskKeys, taskListOptions, taskOptions } from './queries.js';

/** How what people look at stays current: by the live stream, and by asking while that is away. Everything that knows about polling is in this file. */
const LIST_MS = 2_000;
/** While changes arrive by themselves, asking only heals what should not happen. */
const HEAL_MS = 30_000;
/** The stream does not carry metrics: while a column shows one, the list is asked so often for those of rows that report. */
const COLUMNS_MS = 5_000;
/** Nor does it carry the metrics and files of a task. */
const DETAIL_MS = 5_000;
const TASK_MS = 1_000;
/** Files and last lines arrive a little after the end. */
const AFTERMATH_MS = 30_000;
/** Tasks that the server has to be asked about one by one, so many at a time. */
const LOOK_UPS = 10;
const NONE: readonly TrainTaskSummary[] = [];

export interface ListView {
  /** First and last row in view. */
  range: () => { first: number; last: number };
  /** New rows may be put on top now without anything moving under somebody's eyes. */
  mayInsert: () => boolean;
}

/**
 * Keeps the rows in view fresh: changed rows are patched in place, new ones wait to be shown unless they can slip in unnoticed.
 * Only the first page and the pages in view are asked for, however many are loaded.
 */
export function useLiveList(search: ListSearch, trash: boolean, view: ListView): { newCount: number; showNew: () => void } {
  const client = useQueryClient();
  const { queryKey } = taskListOptions(search, trash);
  const [waiting, setWaiting] = useWaiting(hashKey(queryKey));
  const isUp = useStreamUp();
  const showsMetrics = search.column?.some((name) => 'metric' in readExtraColumn(name)) === true;
  const { refetch } = useQuery({
    queryKey: [...taskKeys.list(search, trash), 'live'],
    refetchInterval: isUp ? HEAL_MS : LIST_MS,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const data = client.getQueryData<LoadedPages>(queryKey);
      if (data === undefined) return null;
      const { first, last } = view.range();
      const wanted = [...new Set([0, ...pagesInView(data.pages, first, last).filter((index) => showsMetrics || data.pages[index]?.items.some(isAlive))])];
      const pages = await Promise.all(wanted.map((index) => fetchTaskPage(search, trash, data.pageParams[index] ?? null, signal)));
      const fresh = new Map(pages.flatMap(({ items }) => items.map((row) => [row.taskId, row] as const)));
      const gone = await lookUpMissing(data, view, fresh, signal);
      const [head] = pages;
      // Of the list as it is by now: it may have been loaded again while these pages were on their way.
      const unknown = head === undefined ? [] : unknownRows(client.getQueryData<LoadedPages>(queryKey) ?? data, head.items);
      const insert = unknown.length > 0 && view.mayInsert();
      if (insert && mayMissSome(unknown)) {
        setWaiting(() => NONE);
        startAgain();
        return null;
      }
      client.setQueryData<LoadedPages>(queryKey, (now) => now && prependRows(dropRows(patchRows(now, fresh), gone), insert ? unknown : []));
      setWaiting(() => (insert ? NONE : unknown));
      return null;
    },
  });

  const startAgain = useCallback(() => {
    client.setQueryData<LoadedPages>(queryKey, (now) => now && { pages: now.pages.slice(0, 1), pageParams: now.pageParams.slice(0, 1) });
    void client.invalidateQueries({ queryKey, exact: true });
  }, [client, queryKey]);
  const askSoon = useThrottledCallback(() => void refetch(), LIST_MS);
  const askSoonForColumns = useThrottledCallback(() => void refetch(), COLUMNS_MS);
  const askForColumns = (changed: ReadonlyMap<string, unknown>): void => {
    if (showsMetrics && rowsInView(client.getQueryData<LoadedPages>(queryKey), view).some(({ taskId }) => changed.has(taskId))) askSoonForColumns();
  };
  const judged = useRef(new Set<string>());
  const hear = (changed: ReadonlyMap<string, TrainTaskSummary>): void => {
    const data = client.getQueryData<LoadedPages>(queryKey);
    if (data === undefined) return;
    const { gone, unknown } = sortOut(data, changed, trash);
    client.setQueryData<LoadedPages>(queryKey, (now) => now && dropRows(patchRows(now, changed), gone));
    setWaiting((rows) => (rows.some(({ taskId }) => changed.has(taskId)) ? rows.map((row) => changed.get(row.taskId) ?? row) : rows));
    // Only the server knows whether a filter lets a task in; a task that stays in its state is asked about once.
    const asked = judged.current.size;
    for (const { taskId, status } of unknown) judged.current.add(`${taskId} ${status}`);
    if (judged.current.size > asked) askSoon();
  };
  useTaskStream({
    tasks: (changed) => {
      askForColumns(changed);
      const doubted = ownMoves.doubted(changed, Date.now());
      if (doubted.length === 0) {
        hear(changed);
        return;
      }
      hear(new Map([...changed].filter(([taskId]) => !doubted.includes(taskId))));
      // Asking for the pages in view would miss a doubted row beyond them, so what cannot be looked up has the whole list loaded again.
      const loadAgain = () => void client.invalidateQueries({ queryKey });
      if (doubted.length <= LOOK_UPS) void Promise.all(doubted.map((taskId) => client.fetchQuery({ ...taskOptions(taskId), staleTime: 0 }))).then((now) => hear(new Map(now.map((task) => [task.taskId, task]))), loadAgain);
      else loadAgain();
    },
    progress: (changed) => {
      client.setQueryData<LoadedPages>(queryKey, (now) => now && progressRows(now, changed));
      setWaiting((rows) => (rows.some(({ taskId }) => changed.has(taskId)) ? rows.map((row) => withProgress(row, changed.get(row.taskId))) : rows));
      askForColumns(changed);
    },
    reset: () => void refetch(),
  });

  const showNew = useCallback(() => {
    if (mayMissSome(waiting)) startAgain();
    else client.setQueryData<LoadedPages>(queryKey, (now) => now && prependRows(now, waiting));
    setWaiting(() => NONE);
  }, [client, queryKey, waiting, setWaiting, startAgain]);
  const loaded = waiting.length === 0 ? undefined : client.getQueryData<LoadedPages>(queryKey);
  // One that waits may have come in by itself: the list was loaded again.
  return { newCount: loaded === undefined ? 0 : unknownRows(loaded, waiting).length, showNew };
}

type Rows = readonly TrainTaskSummary[];

/** New rows of one list that wait to be shown. Those of another, as before a filter was changed, are forgotten. */
function useWaiting(list: string): [Rows, (change: (rows: Rows) => Rows) => void] {
  const [held, setHeld] = useState({ list, rows: NONE });
  const set = useCallback((change: (rows: Rows) => Rows) => setHeld((now) => {
    const before = now.list === list ? now.rows : NONE;
    const rows = change(before);
    return rows === before ? now : { list, rows };
  }), [list]);
  return [held.list === list ? held.rows : NONE, set];
}

function rowsInView(data: LoadedPages | undefined, { range }: ListView): Rows {
  const { first, last } = range();
  return data?.pages.flatMap(({ items }) => items).slice(first, last + 1) ?? NONE;
}

/** Rows in view that the fresh pages no longer have: patched when they still exist, else named in the answer. */
async function lookUpMissing(data: LoadedPages, view: ListView, fresh: Map<string, TrainTaskSummary>, signal: AbortSignal): Promise<Set<string>> {
  const missing = rowsInView(data, view).filter((row) => isAlive(row) && !fresh.has(row.taskId)).slice(0, LOOK_UPS);
  const gone = new Set<string>();
  await Promise.all(missing.map(async ({ taskId }) => {
    try {
      fresh.set(taskId, await apiGet<TrainTaskDetail>(`/train-tasks/${taskId}`, undefined, signal));
    } catch (error) {
      if (!isNotFound(error)) throw error;
      gone.add(taskId);
    }
  }));
  return gone;
}

/** New rows that fill a page hide how many more there are between them and the known ones: the list has to begin again with its first page. */
function mayMissSome(unknown: Rows): boolean {
  return unknown.length >= PAGE_SIZE;
}

function isAlive({ status }: { status: TaskStatus }): boolean {
  return !isTerminal(status);
}

/** How often a part of a task page is asked for again, in milliseconds; `false` once nothing more will come. */
export function liveInterval(task: Pick<TrainTaskSummary, 'status' | 'endTime'> | undefined): number | false {
  if (task === undefined) return false;
  if (isAlive(task)) return TASK_MS;
  const sinceEnd = task.endTime === null ? Infinity : Math.abs(Date.now() - Date.parse(task.endTime));
  return sinceEnd < AFTERMATH_MS ? 2 * TASK_MS : false;
}

/** One task, current while it changes. Its history follows every change of state at once. */
export function useLiveTask(taskId: string) {
  const client = useQueryClient();
  const isUp = useStreamUp();
  const { queryKey } = taskOptions(taskId);
  const query = useQuery({ ...taskOptions(taskId), refetchInterval: ({ state }) => slower(liveInterval(state.data), isUp) });
  const { refetch } = query;
  useTaskStream({
    tasks: (changed) => {
      const now = changed.get(taskId);
      if (now === undefined) return;
      const before = client.getQueryData(queryKey);
      client.setQueryData(queryKey, before && { ...before, ...now });
      if (before?.status !== now.status) void refetch();
      else void client.invalidateQueries({ queryKey: eventsOptions(taskId).queryKey });
    },
    progress: (changed) => client.setQueryData(queryKey, (task) => task && withProgress(task, changed.get(taskId))),
    reset: () => void refetch(),
  });
  const status = query.data?.status;
  useEffect(() => {
    if (status !== undefined) void client.invalidateQueries({ queryKey: eventsOptions(taskId).queryKey });
  }, [client, taskId, status]);
  return query;
}

function slower(interval: number | false, isUp: boolean): number | false {
  return interval !== false && isUp ? Math.max(interval, DETAIL_MS) : interval;
}

/** Tells every loaded list what became of some tasks, without asking the server again. */
export function patchLists(client: QueryClient, changed: readonly TrainTaskSummary[]): void {
  const fresh = new Map(changed.map((task) => [task.taskId, task]));
  client.setQueriesData<LoadedPages>({ queryKey: taskKeys.lists, predicate: isPaged }, (data) => data && patchRows(data, fresh));
}

const ownMoves = new OwnMoves();

/** Takes tasks out of every loaded list: they were moved to the trash (`trashed`) or out of it. */
export function dropFromLists(client: QueryClient, taskIds: readonly string[], trashed: boolean): void {
  ownMoves.note(taskIds, trashed, Date.now());
  const gone = new Set(taskIds);
  client.setQueriesData<LoadedPages>({ queryKey: taskKeys.lists, predicate: isPaged }, (data) => data && dropRows(data, gone));
}

function isPaged({ queryKey }: { queryKey: readonly unknown[] }): boolean {
  return queryKey.at(-1) !== 'live';
}
