import type { BulkAction, BulkPreview, BulkRequest, BulkResult, Selection } from '@lora-ledger/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { send } from '../api/http.js';
import { dropFromLists } from './live.js';
import { taskKeys } from './queries.js';

/** Tasks that one bulk request takes at most; the server works off the rest when asked again. */
export const BULK_MAX = 10_000;

/** How many of a selection qualify for each action. */
export function bulkPreviewOptions(selection: Selection) {
  return queryOptions({
    queryKey: [...taskKeys.all, 'bulk-preview', selection],
    queryFn: ({ signal }) => send<BulkPreview>('POST', '/train-tasks/bulk/preview', { body: selection, signal }),
    staleTime: 0,
  });
}

/** One action on many tasks in one request. What became of each row arrives by the live stream. */
export function useBulk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: BulkRequest) => send<BulkResult>('POST', '/train-tasks/bulk', { body: request }),
    onSuccess: ({ outcomes }, { action }) => {
      const done = outcomes.filter(({ outcome }) => outcome === 'done').map(({ taskId }) => taskId);
      const moves = action === 'delete' || action === 'restore';
      if (moves) dropFromLists(client, done, action === 'delete');
      // Restored tasks stand in lists that do not have them; moved ones are drawn from lists that are not on the page.
      void client.invalidateQueries({ queryKey: taskKeys.lists, refetchType: action === 'restore' || action === 'tag' ? 'active' : 'none' });
      for (const taskId of done.slice(0, 100)) void client.invalidateQueries({ queryKey: taskKeys.detail(taskId) });
    },
  });
}

/**
 * Whether an action can be done to `count` tasks that a filter selects. Beyond the most that one request takes it can be repeated
 * only where what was done leaves the filter.
 */
export function isBulkPossible(action: BulkAction, count: number): boolean {
  return count > 0 && (count <= BULK_MAX || action === 'delete' || action === 'restore');
}
