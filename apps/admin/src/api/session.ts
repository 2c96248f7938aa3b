import type { AuthStatus, Me, UserDto } from '@lora-ledger/contracts';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { apiGet, rememberCsrfToken } from './http.js';
import { isSignedOut } from './problem.js';

/** Who is signed in; `null` when nobody is. Asked once per page load, then kept until sign-in or sign-out changes it. */
export const sessionOptions = queryOptions({
  queryKey: ['session'],
  staleTime: Infinity,
  gcTime: Infinity,
  queryFn: async ({ signal }): Promise<UserDto | null> => {
    try {
      const me = await apiGet<Me>('/auth/me', undefined, signal);
      rememberCsrfToken(me.csrfToken);
      return me.user;
    } catch (error) {
      if (isSignedOut(error)) return null;
      throw error;
    }
  },
});

/** What the sign-in page must know before anybody has signed in. */
export const authStatusOptions = queryOptions({
  queryKey: ['auth-status'],
  queryFn: ({ signal }) => apiGet<AuthStatus>('/auth/status', undefined, signal),
});

/** The signed-in user. Only for pages that the router shows to signed-in people. */
export function useUser(): UserDto {
  const { data } = useSuspenseQuery(sessionOptions);
  if (data === null) throw new Error('useUser outside of a signed-in page');
  return data;
}
