import { useThrottledCallback } from '@mantine/hooks';
import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { hashKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useStreamUp, useTaskStream } from '../api/live-stream.js';
import { withProgress } from '../api/task-stream.js';
import { isFiltered, type ListSearch } from '../task-filter/list-search.js';
import { Doubts } from './doubts.js';
import { readExtraColumn } from './list/extra-column.js';
import {
  dropRows,
  idsIn,
  patchRows,
  placeRows,
  progressRows,
  recount,
  rowsBetween,
  sortOut,
  unknownRows,
  upTo,
  type LoadedPages,
} from './list/list-pages.js';
import { ownMoves } from './own-moves.js';
import { fetchListed, fetchTaskPage, PAGE_SIZE, taskKeys, taskListOptions, taskOptions } from './queries.js';

const LIST_MS = 2_000;
/** A list that was last read longer ago may have changed anywhere. */
const OLD_MS = 10_000;
/** While changes arrive by themselves, asking only heals what should not happen. */
const HEAL_MS = 30_000;
/** The stream does not carry metrics: while a column shows one, the list is asked so often for those of rows that report. */
const COLUMNS_MS = 5_000;
/** Tasks that the server has to be asked about one by one, so many at a time. */
const LOOK_UPS = 10;
/** Rows in view that can be asked for at once. */
const MOST_IN_VIEW = 100;
const NONE: readonly TrainTaskSummary[] = [];

export interface ListView {
  /** First and last row in view. */
  range: () => { first: number; last: number };
  /** Somebody points at a row: those above and under it must not come or go. */
  isPointedAt: () => boolean;
  /** A selected row stays, whatever becomes of it. */
  selected: () => ReadonlySet<string>;
}

/**
 * Keeps the rows in view as the server has them: changed rows are patched in place, new ones wait to be shown unless they can slip in
 * unnoticed, and those that the filter selects no more leave when nobody points at them. Only the first page and the rows in view
 * are asked for, however many are loaded; `look` is called when others come into view, or the pointer goes.
 */
export function useLiveList(
  search: ListSearch,
  trash: boolean,
  view: ListView,
): { newCount: number; showNew: () => void; look: () => void } {
  const client = useQueryClient();
  const { queryKey } = taskListOptions(search, trash);
  const list = hashKey(queryKey);
  const [waiting, setWaiting] = useWaiting(list);
  const isUp = useStreamUp();
  const [doubts] = useState(() => new Doubts());
  const askedAt = useRef(0);
  const loaded = (): LoadedPages | undefined => client.getQueryData<LoadedPages>(queryKey);
  const change = (how: (now: LoadedPages) => LoadedPages): void =>
    void client.setQueryData<LoadedPages>(queryKey, (now) => now && how(now));
  const inView = (): Rows => rowsInView(loaded(), view);
  /** Of rows that belong here no more, those that may leave now. */
  const mayLeave = (rows: Iterable<string>): Set<string> =>
    new Set(view.isPointedAt() ? [] : [...rows].filter((taskId) => !view.selected().has(taskId)));
  const mayInsert = (): boolean => view.range().first === 0 && !view.isPointedAt();

  const startAgain = (): void => {
    doubts.forget();
    change((now) => upTo(now, 0));
    void client.invalidateQueries({ queryKey, exact: true });
  };

  const { refetch } = useQuery({
    queryKey: [...taskKeys.list(search, trash), 'live'],
    refetchInterval: isUp ? HEAL_MS : LIST_MS,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      if (loaded() === undefined) return null;
      const { isCounted } = doubts;
      const head = await fetchTaskPage(search, trash, null, signal, !isCounted);
      const fresh = byId(head.items);
      const others = inView()
        .flatMap(({ taskId }) => (fresh.has(taskId) ? [] : [taskId]))
        .slice(0, MOST_IN_VIEW);
      for (const row of others.length === 0 ? NONE : await fetchListed(search, trash, others, signal)) fresh.set(row.taskId, row);
      askedAt.current = Date.now();
      const left = others.filter((taskId) => !fresh.has(taskId));
      const gone = mayLeave(left);
      doubts.settle([...fresh.keys(), ...gone]);
      doubts.add(left.filter((taskId) => !gone.has(taskId)));
      // Of the list as it is by now: it may have been loaded again while these rows were on their way.
      const unknown = unknownRows(loaded() ?? { pages: [], pageParams: [] }, head.items);
      const insert = unknown.length > 0 && mayInsert();
      if (insert && mayMissSome(unknown)) {
        setWaiting(() => NONE);
        startAgain();
        return null;
      }
      change((now) => placeRows(dropRows(patchRows(now, fresh), gone), insert ? head.items : NONE));
      if (!isCounted && head.total !== undefined) {
        const total = head.total - (insert ? 0 : unknown.length);
        change((now) => recount(now, { ...head, total }));
        doubts.counted();
      }
      setWaiting(() => (insert ? NONE : unknown));
      return null;
    },
  });

  const askSoon = useThrottledCallback(() => void refetch(), LIST_MS);
  const askSoonForColumns = useThrottledCallback(() => void refetch(), COLUMNS_MS);
  const showsMetrics = search.column?.some((name) => 'metric' in readExtraColumn(name)) === true;
  const askForColumns = (changed: ReadonlyMap<string, unknown>): void => {
    if (showsMetrics && inView().some(({ taskId }) => changed.has(taskId))) askSoonForColumns();
  };
  const look = (): void => {
    if (doubts.concern(inView)) askSoon();
  };
  useEffect(() => {
    doubts.forget();
    // One that is still on its way was updated at 0.
    askedAt.current = client.getQueryState(queryKey)?.dataUpdatedAt || Date.now();
    const data = client.getQueryData<LoadedPages>(queryKey);
    // Kept from before: while another page or another filter was looked at, nobody listened for this list.
    if (data !== undefined && Date.now() - askedAt.current > LIST_MS) doubts.addAll(idsIn(data));
    // `queryKey` is another object with every drawing; `list` says the same in one word.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, list, doubts]);

  const judged = useRef(new Set<string>());
  const hear = (changed: ReadonlyMap<string, TrainTaskSummary>): void => {
    // Rows that are on their way may have been read before this.
    if (client.isFetching({ queryKey, exact: true }) > 0) doubts.add(changed.keys());
    const data = loaded();
    if (data === undefined) return;
    const { gone: left, unknown } = sortOut(data, changed, trash);
    const gone = mayLeave(left);
    doubts.add([...left].filter((taskId) => !gone.has(taskId)));
    change((now) => dropRows(patchRows(now, changed), gone));
    setWaiting((rows) => (rows.some(({ taskId }) => changed.has(taskId)) ? rows.map((row) => changed.get(row.taskId) ?? row) : rows));
    // Only the server knows whether a filter lets a task in, or no more; a task that stays in its state is asked about once.
    const asked = judged.current.size;
    for (const { taskId, status } of unknown) judged.current.add(`${taskId} ${status}`);
    if (judged.current.size > asked) askSoon();
    if (!isFiltered(search)) return;
    const known = idsIn(data);
    doubts.add([...changed.keys()].filter((taskId) => known.has(taskId) && !gone.has(taskId)));
    look();
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
      // Asking for the rows in view would miss a doubted row beyond them, so what cannot be looked up has the whole list loaded again.
      const loadAgain = () => void client.invalidateQueries({ queryKey });
      const now = (taskId: string) => client.fetchQuery({ ...taskOptions(taskId), staleTime: 0 });
      if (doubted.length <= LOOK_UPS) void Promise.all(doubted.map(now)).then((tasks) => hear(byId(tasks)), loadAgain);
      else loadAgain();
    },
    progress: (changed) => {
      change((now) => progressRows(now, changed));
      setWaiting((rows) =>
        rows.some(({ taskId }) => changed.has(taskId)) ? rows.map((row) => withProgress(row, changed.get(row.taskId))) : rows,
      );
      askForColumns(changed);
    },
    reset: () => {
      const data = loaded();
      if (data !== undefined && Date.now() - askedAt.current > OLD_MS) {
        doubts.addAll(idsIn(data));
        // Who stands at the top finds the list as it is by now; who is further down keeps the place, and what comes after is loaded again.
        if (mayInsert() && view.selected().size === 0) startAgain();
        else change((now) => upTo(now, view.range().last));
      }
      void refetch();
    },
  });

  const showNew = (): void => {
    // In an order of one's own only the server knows where they belong.
    if (mayMissSome(waiting) || search.sort !== undefined) startAgain();
    else change((now) => placeRows(now, waiting));
    setWaiting(() => NONE);
  };
  const data = waiting.length === 0 ? undefined : client.getQueryData<LoadedPages>(queryKey);
  // In a list without rows nothing can jump.
  const isEmpty = data?.pages.every(({ items }) => items.length === 0) === true;
  useEffect(() => {
    if (isEmpty) showNew();
  });
  // One that waits may have come in by itself: the list was loaded again.
  return { newCount: data === undefined ? 0 : unknownRows(data, waiting).length, showNew, look };
}

type Rows = readonly TrainTaskSummary[];

/** New rows of one list that wait to be shown. Those of another, as before a filter was changed, are forgotten. */
function useWaiting(list: string): [Rows, (change: (rows: Rows) => Rows) => void] {
  const [held, setHeld] = useState({ list, rows: NONE });
  const set = useCallback(
    (change: (rows: Rows) => Rows) =>
      setHeld((now) => {
        const before = now.list === list ? now.rows : NONE;
        const rows = change(before);
        return rows === before ? now : { list, rows };
      }),
    [list],
  );
  return [held.list === list ? held.rows : NONE, set];
}

function rowsInView(data: LoadedPages | undefined, { range }: ListView): Rows {
  const { first, last } = range();
  return data === undefined ? NONE : rowsBetween(data, first, last);
}

function byId<Task extends TrainTaskSummary>(tasks: readonly Task[]): Map<string, TrainTaskSummary> {
  return new Map(tasks.map((task) => [task.taskId, task]));
}

/** New rows that fill a page hide how many more there are between them and the known ones: the list has to begin again with its first page. */
function mayMissSome(unknown: Rows): boolean {
  return unknown.length >= PAGE_SIZE;
}
