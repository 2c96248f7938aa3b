import type { TrainTaskDetail, TrainTaskSummary } from '@lora-ledger/contracts';
import { isTerminal } from '@lora-ledger/training';
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useStreamUp, useTaskStream } from '../api/live-stream.js';
import { serverNow } from '../api/server-clock.js';
import { withProgress } from '../api/task-stream.js';
import { dropRows, patchRows, type LoadedPages } from './list/list-pages.js';
import { ownMoves } from './own-moves.js';
import { eventsOptions, taskKeys, taskOptions } from './queries.js';

/** How a task that somebody looks at stays current, by the live stream and by asking while that is away, and lists hear of what is done here. `live-list.ts` does the same for lists. */
/** The stream does not carry the metrics and files of a task. */
const DETAIL_MS = 5_000;
const TASK_MS = 1_000;
/** Files and last lines arrive a little after the end. */
const AFTERMATH_MS = 30_000;

/** How often a part of a task page is asked for again, in milliseconds; `false` once nothing more will come. */
export function liveInterval(task: Pick<TrainTaskSummary, 'status' | 'endTime'> | undefined): number | false {
  if (task === undefined) return false;
  if (!isTerminal(task.status)) return TASK_MS;
  const sinceEnd = task.endTime === null ? Infinity : Math.abs(serverNow() - Date.parse(task.endTime));
  return sinceEnd < AFTERMATH_MS ? 2 * TASK_MS : false;
}

/** How often tasks side by side, or the curve of one of them, are asked for again; `false` once nothing more will come. */
export function comparedInterval(tasks: readonly Pick<TrainTaskSummary, 'status' | 'endTime'>[]): number | false {
  return tasks.some((task) => liveInterval(task) !== false) ? DETAIL_MS : false;
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
  useEndOf(query.data);
  return query;
}

/**
 * Asks once more for the curves and the logs of tasks when it is heard that they have ended, or that more is there of them since. Asking
 * now and then is not enough: a run may end while its tab is hidden or the server away, and be over for long when that is heard.
 */
export function useEndOf(...tasks: readonly (Seen | undefined)[]): void {
  const client = useQueryClient();
  const known = useRef(new Map<string, string>());
  useEffect(() => {
    for (const task of tasks) {
      if (task === undefined) continue;
      const before = known.current.get(task.taskId);
      const now = isTerminal(task.status) ? [task.status, task.endTime, task.logSize].join() : 'running';
      known.current.set(task.taskId, now);
      // What is ended when it is first seen has its parts asked for after that.
      if (before === undefined || before === now || now === 'running') continue;
      void client.invalidateQueries({ queryKey: taskKeys.part(task.taskId, 'metrics') });
      void client.invalidateQueries({ queryKey: taskKeys.part(task.taskId, 'log-tail') });
    }
  });
}

type Seen = Pick<TrainTaskSummary, 'taskId' | 'status' | 'endTime'> & Partial<Pick<TrainTaskDetail, 'logSize'>>;

function slower(interval: number | false, isUp: boolean): number | false {
  return interval !== false && isUp ? Math.max(interval, DETAIL_MS) : interval;
}

/** Tells every loaded list what became of some tasks, without asking the server again. */
export function patchLists(client: QueryClient, changed: readonly TrainTaskSummary[]): void {
  const fresh = new Map(changed.map((task) => [task.taskId, task]));
  client.setQueriesData<LoadedPages>({ queryKey: taskKeys.lists, predicate: isPaged }, (data) => data && patchRows(data, fresh));
}

/** Takes tasks out of every loaded list: they were moved to the trash (`trashed`) or out of it. */
export function dropFromLists(client: QueryClient, taskIds: readonly string[], trashed: boolean): void {
  ownMoves.note(taskIds, trashed, Date.now());
  const gone = new Set(taskIds);
  client.setQueriesData<LoadedPages>({ queryKey: taskKeys.lists, predicate: isPaged }, (data) => data && dropRows(data, gone));
}

function isPaged({ queryKey }: { queryKey: readonly unknown[] }): boolean {
  return queryKey.at(-1) !== 'live';
}
