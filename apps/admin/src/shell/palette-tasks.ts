import type { TrainTaskPage, TrainTaskSummary } from '@lora-ledger/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { apiGet } from '../api/http.js';

const FOUND_MAX = 7;
/** As people copy an id from an address or a log: the beginning is enough. */
const ID = /^[0-9a-f]{4,8}(-[0-9a-f-]{0,27})?$/i;

/** Tasks whose name, model or error has the words, or whose id begins like that; whatever the person may see. */
export function findTasksOptions(text: string) {
  return queryOptions({
    queryKey: ['train-tasks', 'found', text],
    queryFn: async ({ signal }): Promise<TrainTaskSummary[]> => {
      const ask = (question: { q: string } | { taskId: string }) =>
        apiGet<TrainTaskPage>('/train-tasks', { ...question, scope: 'all', limit: FOUND_MAX }, signal);
      const pages = await Promise.all([...(ID.test(text) ? [ask({ taskId: text.toLowerCase() })] : []), ask({ q: text })]);
      const found = new Map(pages.flatMap(({ items }) => items).map((task) => [task.taskId, task]));
      return [...found.values()].slice(0, FOUND_MAX);
    },
    enabled: text !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}
