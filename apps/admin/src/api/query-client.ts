import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, isSignedOut } from './problem.js';
import { sessionOptions } from './session.js';

/** `leave` is called when the API says that the session has ended, whatever was asked; it leads to a page that needs none. */
export function createQueryClient(leave: () => Promise<void>): QueryClient {
  let isLeaving = false;
  const watch = (error: Error): void => {
    if (isLeaving || !isSignedOut(error) || client.getQueryData(sessionOptions.queryKey) == null) return;
    isLeaving = true;
    // The page that is being left still speaks of its user, so they are forgotten after it.
    void leave().finally(() => {
      client.setQueryData(sessionOptions.queryKey, null);
      isLeaving = false;
    });
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
        retry: (failures, error) =>
          failures < 3 && (!(error instanceof ApiProblem) || error.code === 'OFFLINE' || error.code === 'UNAVAILABLE'),
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
