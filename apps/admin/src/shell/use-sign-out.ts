import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { rememberCsrfToken, send } from '../api/http.js';
import { sessionOptions } from '../api/session.js';

/** Ends the session here and on the server; nothing of the person's data stays in the page. */
export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => send<unknown>('POST', '/auth/logout'),
    onSettled: async () => {
      rememberCsrfToken(null);
      await navigate({ to: '/sign-in' });
      client.clear();
      client.setQueryData(sessionOptions.queryKey, null);
    },
  });
}
