import type { ChangePassword, CreatedToken, CreateToken, SessionList, SignedIn, TokenList } from '@lora-ledger/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiGet, rememberCsrfToken, send } from '../api/http.js';
import { sessionOptions } from '../api/session.js';
import { expiryDate, type Expiry } from './token-expiry.js';

export const sessionsOptions = queryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: ({ signal }) => apiGet<SessionList>('/auth/sessions', undefined, signal),
});

export const tokensOptions = queryOptions({
  queryKey: ['account', 'tokens'],
  queryFn: ({ signal }) => apiGet<TokenList>('/auth/tokens', undefined, signal),
});

export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ expiry, ...request }: Omit<CreateToken, 'expiresAt'> & { expiry: Expiry }) =>
      send<CreatedToken>('POST', '/auth/tokens', { body: { ...request, expiresAt: expiryDate(expiry, Date.now()) } }),
    // The secret is handed to whoever asked and kept nowhere else.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: tokensOptions.queryKey }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => send<undefined>('DELETE', `/auth/tokens/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: tokensOptions.queryKey }),
  });
}

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => send<undefined>('DELETE', `/auth/sessions/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsOptions.queryKey }),
  });
}

/** The answer is a new session: this page goes on with it, all others have ended. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: ChangePassword) => send<SignedIn>('POST', '/auth/password', { body: request }),
    onSuccess: ({ user, csrfToken }) => {
      rememberCsrfToken(csrfToken);
      client.setQueryData(sessionOptions.queryKey, user);
      return client.invalidateQueries({ queryKey: sessionsOptions.queryKey });
    },
  });
}
