import type { PutShares, Shares } from '@lora-ledger/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiGet, send } from '../../api/http.js';
import { taskKeys } from '../queries.js';

/** Who may read a task beside its owner and the admins. For those who may change it. */
export function sharesOptions(taskId: string) {
  return queryOptions({
    queryKey: [...taskKeys.detail(taskId), 'shares'],
    queryFn: ({ signal }) => apiGet<Shares>(`/train-tasks/${taskId}/shares`, undefined, signal),
  });
}

/** Replaces the whole list; nobody and not everyone takes all of it back. */
export function usePutShares(taskId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (shares: PutShares) => send<Shares>('PUT', `/train-tasks/${taskId}/shares`, { body: shares }),
    onSuccess: (shares) => client.setQueryData(sharesOptions(taskId).queryKey, shares),
  });
}
