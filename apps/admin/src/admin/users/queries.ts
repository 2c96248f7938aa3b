import type { CreateUser, PatchUser, UserDto, UserList } from '@lora-ledger/contracts';
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiGet, send } from '../../api/http.js';
import { sessionOptions } from '../../api/session.js';

const PAGE_SIZE = 100;
const USERS = ['users'] as const;

/** Everybody by username, or those who were deleted. */
export function usersOptions(deleted: boolean) {
  return infiniteQueryOptions({
    queryKey: [...USERS, { deleted }],
    queryFn: ({ pageParam, signal }) =>
      apiGet<UserList>('/users', { limit: PAGE_SIZE, cursor: pageParam, deleted: deleted ? 'only' : undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useCreateUser() {
  return useUserMutation((request: CreateUser) => send<UserDto>('POST', '/users', { body: request }));
}

export function useChangeUser() {
  return useUserMutation(({ id, patch }: { id: string; patch: PatchUser }) => send<UserDto>('PATCH', `/users/${id}`, { body: patch }));
}

export function useDeleteUser() {
  return useUserMutation((id: string) => send<undefined>('DELETE', `/users/${id}`));
}

export function useRestoreUser() {
  return useUserMutation((id: string) => send<UserDto>('POST', `/users/${id}/restore`));
}

/** Both lists are asked for again; what an admin changes about themselves shows in the navigation at once. */
function useUserMutation<Input>(change: (input: Input) => Promise<UserDto | undefined>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (user) => {
      client.setQueryData(sessionOptions.queryKey, (me) => (user !== undefined && me?.id === user.id ? user : me));
      return client.invalidateQueries({ queryKey: USERS });
    },
  });
}
