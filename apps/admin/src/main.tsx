import '@mantine/core/styles.css';
import './ui/app.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.js';
import { sessionOptions } from './api/session.js';
import { startI18n } from './i18n/i18n.js';
import { createAppRouter, HOME, signedIn, tasks, trash } from './shell/router.js';
import { parseListSearch } from './task-filter/list-search.js';
import { taskListOptions } from './train-tasks/queries.js';
import { announceChosenOptions } from './ui/chosen-option.js';
import { keepFocus } from './ui/keep-focus.js';
import { cssVariables, theme } from './ui/theme.js';

// Asked for at once, not when it is first rendered: a question that is put before it is there would be lost.
const overlays = import('./shell/overlays.js');
const Overlays = lazy(async () => ({ default: (await overlays).Overlays }));

/** To draw a page without rows and then with them takes half as long again: rows that are about to arrive are waited for. */
const PATIENCE_MS = 250;

async function start(place: HTMLElement): Promise<void> {
  const queryClient = createQueryClient(() =>
    router.navigate({ to: '/sign-in', search: { next: router.state.location.href, expired: true } }),
  );
  const router = createAppRouter(queryClient);
  const rows = askEarly(router, queryClient);
  await Promise.all([startI18n(), Promise.race([rows, after(PATIENCE_MS)])]);
  announceChosenOptions();
  keepFocus(place);
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
          <RouterProvider router={router} />
          <Suspense>
            <Overlays />
          </Suspense>
        </MantineProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

/**
 * What the first page will ask for one after the other, asked for at once: who is signed in, the code of the page, and its rows if it is a list.
 * What fails here is tried again when the page is opened.
 *
 * @returns when the rows are there or were refused; at once for other pages
 */
async function askEarly(router: ReturnType<typeof createAppRouter>, queryClient: QueryClient): Promise<void> {
  const { pathname, search } = router.latestLocation;
  const [routes] = router.getMatchedRoutes(pathname === '/' ? HOME : pathname);
  if (routes.includes(signedIn)) void queryClient.prefetchQuery(sessionOptions);
  for (const route of routes) void router.loadRouteChunk(route);
  const isTrash = routes.includes(trash);
  if (isTrash || routes.includes(tasks)) await queryClient.prefetchInfiniteQuery(taskListOptions(parseListSearch(search), isTrash));
}

async function after(milliseconds: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no element "root"');
void start(place);
