import type { Credentials, SetupRequest, SignedIn, UserDto } from '@lora-ledger/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { rememberCsrfToken, send } from '../api/http.js';
import { sessionOptions } from '../api/session.js';

/** Signs in and makes the answer the session of this page. */
export function useSignIn() {
  return useSessionStart((credentials: Credentials) => send<SignedIn>('POST', '/auth/login', { body: credentials }));
}

/** Creates the first admin with the code from the console and signs them in. */
export function useSetup() {
  return useSessionStart((request: SetupRequest) => send<SignedIn>('POST', '/auth/setup', { body: request }));
}

function useSessionStart<Input>(begin: (input: Input) => Promise<SignedIn>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: begin,
    onSuccess: ({ user, csrfToken }): UserDto => {
      rememberCsrfToken(csrfToken);
      // After a session that ended by itself: whoever signs in now may be somebody else.
      client.removeQueries({ type: 'inactive' });
      client.setQueryData(sessionOptions.queryKey, user);
      return user;
    },
  });
}
