import type { CloneTrainTask, CreateTrainTask, TrainTaskDetail } from '@lora-ledger/contracts';
import type { TaskAction } from '@lora-ledger/training';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send } from '../api/http.js';
import { dropFromLists, patchLists } from './live.js';
import { eventsOptions, taskKeys, taskOptions } from './queries.js';
import { patchOf, wordsOf, type WordField } from './task/description-rules.js';

/** Hands a new task in. A submission repeated after a lost answer carries the same key and makes no second task. */
export function useCreateTask() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, idempotencyKey }: { request: CreateTrainTask; idempotencyKey: string }) =>
      send<TrainTaskDetail>('POST', '/train-tasks', { body: request, headers: { 'Idempotency-Key': idempotencyKey } }),
    onSuccess: (task) => client.setQueryData(taskOptions(task.taskId).queryKey, task),
  });
}

export function useCloneTask(taskId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, idempotencyKey }: { request: CloneTrainTask; idempotencyKey: string }) =>
      send<TrainTaskDetail>('POST', `/train-tasks/${taskId}/clone`, { body: request, headers: { 'Idempotency-Key': idempotencyKey } }),
    onSuccess: (task) => {
      client.setQueryData(taskOptions(task.taskId).queryKey, task);
      void client.invalidateQueries({ queryKey: taskKeys.detail(taskId) });
    },
  });
}

/** Somebody else has changed a text since the person saw it. */
export class ChangedMeanwhile extends Error {}

/**
 * Changes what is said about a task. `seen` is the text the person saw in its place: what somebody else has written since is not
 * overwritten unseen.
 * @throws ChangedMeanwhile, ApiProblem
 */
export function useDescribeTask(taskId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ field, text, seen }: { field: WordField; text: string; seen: string }) => {
      const now = await client.fetchQuery({ ...taskOptions(taskId), staleTime: 0 });
      if (wordsOf(now, field) !== seen) throw new ChangedMeanwhile();
      return send<TrainTaskDetail>('PATCH', `/train-tasks/${taskId}`, { body: patchOf(field, text) });
    },
    onSuccess: (task) => {
      client.setQueryData(taskOptions(taskId).queryKey, task);
      patchLists(client, [task]);
      void client.invalidateQueries({ queryKey: eventsOptions(taskId).queryKey });
    },
  });
}

export type DirectAction = Exclude<TaskAction, 'clone'>;

export interface ActionOutcome {
  done: string[];
  failed: unknown[];
  /** The last task the server answered with: for a retry, the new attempt. */
  answer: TrainTaskDetail | undefined;
}

const REQUESTS: Record<DirectAction, (taskId: string) => Promise<TrainTaskDetail | undefined>> = {
  cancel: (taskId) => send('POST', `/train-tasks/${taskId}/cancel`),
  retry: (taskId) => send('POST', `/train-tasks/${taskId}/retry`),
  trash: (taskId) => send('DELETE', `/train-tasks/${taskId}`),
  restore: (taskId) => send('POST', `/train-tasks/${taskId}/restore`),
};

/** Does one thing to some tasks, one after another; what fails does not keep the others from being done. */
export function useTaskAction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ action, taskIds }: { action: DirectAction; taskIds: readonly string[] }): Promise<ActionOutcome> => {
      const outcome: ActionOutcome = { done: [], failed: [], answer: undefined };
      for (const taskId of taskIds) {
        try {
          outcome.answer = await REQUESTS[action](taskId);
          outcome.done.push(taskId);
          if (outcome.answer !== undefined) patchLists(client, [outcome.answer]);
        } catch (error) {
          outcome.failed.push(error);
        }
      }
      return outcome;
    },
    onSuccess: ({ done }, { action, taskIds }) => {
      if (action === 'trash' || action === 'restore') {
        dropFromLists(client, done, action === 'trash');
        // They appear in lists that do not have them yet: the trash, or after an undo the list they came from.
        void client.invalidateQueries({ queryKey: taskKeys.lists, refetchType: action === 'restore' ? 'active' : 'none' });
      }
      for (const taskId of taskIds) void client.invalidateQueries({ queryKey: taskKeys.detail(taskId) });
    },
  });
}
