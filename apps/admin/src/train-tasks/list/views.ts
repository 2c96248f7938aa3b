import type { SavedView, SavedViewInput, SavedViews } from '@lora-ledger/contracts';
import { hashKey, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiGet, send } from '../../api/http.js';
import { parseListSearch, type ListSearch } from '../../task-filter/list-search.js';
import { ownKey, readStored, writeStored } from '../../ui/stored.js';

/** Lists that people gave a name to: their own, and those offered to everyone. */
export const savedViewsOptions = queryOptions({
  queryKey: ['saved-views'],
  queryFn: ({ signal }) => apiGet<SavedViews>('/saved-views', undefined, signal),
  staleTime: 60_000,
});

/** Saves a view; with `id` it takes the place of that one. */
export function useSaveView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...input }: SavedViewInput & { id?: string }) =>
      id === undefined
        ? send<SavedView>('POST', '/saved-views', { body: input })
        : send<SavedView>('PUT', `/saved-views/${id}`, { body: input }),
    onSuccess: () => client.invalidateQueries(savedViewsOptions),
  });
}

export function useDeleteView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => send<undefined>('DELETE', `/saved-views/${id}`),
    onSuccess: () => client.invalidateQueries(savedViewsOptions),
  });
}

/** The list that a view stands for. It may have been saved by an older version: what is not understood is left out. */
export function readView({ query }: Pick<SavedView, 'query'>): ListSearch {
  const params = new URLSearchParams(query);
  return parseListSearch(
    Object.fromEntries(
      [...new Set(params.keys())].map((key) => {
        const values = params.getAll(key);
        return [key, values.length === 1 ? values[0] : values];
      }),
    ),
  );
}

/** Whether two addresses of a list show it differently, whatever the order they tell it in. */
export function isOtherList(one: Pick<SavedView, 'query'>, other: Pick<SavedView, 'query'>): boolean {
  return hashKey([readView(one)]) !== hashKey([readView(other)]);
}

/**
 * The address of a list as it would take the place of a view. One that was saved without a layout of the columns stays so: everybody
 * sees it with their own, and these are no part of it.
 */
export function inPlaceOf(view: Pick<SavedView, 'query'>, query: string, hasOwnLayout: boolean): string {
  if (!hasOwnLayout || readView(view).layout !== undefined) return query;
  const params = new URLSearchParams(query);
  params.delete('layout');
  return params.toString();
}

/** What is changed after a view was opened may be meant for it, in this tab only: another may show another view. */
export function rememberView({ page, id }: Pick<SavedView, 'page' | 'id'>): void {
  writeStored(openedKey(page), id, 'tab');
}

/** The view that the list was opened from last. */
export function openedView(page: SavedView['page'], views: readonly SavedView[]): SavedView | undefined {
  const id = readStored(openedKey(page), 'tab');
  return views.find((view) => view.id === id);
}

function openedKey(page: SavedView['page']): string {
  return ownKey(`view.${page}`);
}
