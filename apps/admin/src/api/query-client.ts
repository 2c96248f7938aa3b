import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, isSignedOut } from './problem.js';
import { sessionOptions } from './session.js';

/** `onSignedOut` is called when the API says that the session has ended, whatever was asked. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: Error): void => {
    if (!isSignedOut(error) || client.getQueryData(sessionOptions.queryKey) == null) return;
    client.setQueryData(sessionOptions.queryKey, null);
    onSignedOut();
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        // The server may be on this very machine: what the browser believes about the network does not count.
        networkMode: 'always',
        staleTime: 5_000,
        refetchOnWindowFocus: false,
        // Only silence is worth another try; a refusal will be refused again.
        retry: (failures, error) => failures < 3 && (!(error instanceof ApiProblem) || error.code === 'OFFLINE' || error.code === 'UNAVAILABLE'),
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
