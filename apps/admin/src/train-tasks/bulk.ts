import type { BulkAction, BulkPreview, BulkRequest, BulkResult, Selection } from '@lora-ledger/contracts';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { send } from '../api/http.js';
import { dropFromLists } from './live.js';
import { taskKeys } from './queries.js';

/**
 * How many of a selection qualify for each action.
 *
 * @param standing of each task that is named: when one of them changes, the server is asked again
 */
export function bulkPreviewOptions(selection: Selection, standing: readonly string[] = []) {
  return queryOptions({
    queryKey: [...taskKeys.all, 'bulk-preview', selection, standing],
    queryFn: ({ signal }) => send<BulkPreview>('POST', '/train-tasks/bulk/preview', { body: selection, signal }),
    staleTime: 0,
  });
}

export function sendBulk(request: BulkRequest): Promise<BulkResult> {
  return send<BulkResult>('POST', '/train-tasks/bulk', { body: request });
}

/** What became of each row arrives by the live stream; here rows leave the lists they are no longer in. */
export function noteChanged(client: QueryClient, action: BulkAction, taskIds: readonly string[]): void {
  if (action === 'delete' || action === 'restore') dropFromLists(client, taskIds, action === 'delete');
  for (const taskId of taskIds.slice(0, 100)) void client.invalidateQueries({ queryKey: taskKeys.detail(taskId) });
}

/** @param ask the lists on the page may lack tasks that belong there, or hold pages that have become empty */
export function noteEnd(client: QueryClient, action: BulkAction, ask: boolean): void {
  // Restored tasks stand in lists that do not have them; moved ones are drawn from lists that are not on the page.
  void client.invalidateQueries({
    queryKey: taskKeys.lists,
    refetchType: ask || action === 'restore' || action === 'tag' ? 'active' : 'none',
  });
}
