import type { TrainTaskPage } from '@lora-ledger/contracts';
import type { TaskStatus } from '@lora-ledger/training';
import { queryOptions } from '@tanstack/react-query';
import { apiGet } from '../../api/http.js';
import { taskKeys } from '../queries.js';

const SHOWN = 100;
const REFRESH_MS = 2_000;

/** The head of the queue, or what runs: in the order in which it was submitted or started, refreshed while it is looked at. */
export function queueOptions(status: Extract<TaskStatus, 'PENDING' | 'RUNNING'>) {
  return queryOptions({
    queryKey: [...taskKeys.all, 'queue', status],
    queryFn: ({ signal }) =>
      apiGet<TrainTaskPage>(
        '/train-tasks',
        { status, scope: 'all', sort: status === 'PENDING' ? 'createdAt' : 'startTime', limit: SHOWN, withTotal: true },
        signal,
      ),
    refetchInterval: REFRESH_MS,
  });
}

/** How many tasks of a trainer profile run or wait. */
export function trainerLoadOptions(trainer: string, status: Extract<TaskStatus, 'PENDING' | 'RUNNING'>) {
  return queryOptions({
    queryKey: [...taskKeys.all, 'queue', status, trainer],
    queryFn: async ({ signal }) =>
      (await apiGet<TrainTaskPage>('/train-tasks', { status, trainer, scope: 'all', limit: 1, withTotal: true }, signal)).total ?? 0,
    refetchInterval: 5 * REFRESH_MS,
  });
}
