import '@mantine/core/styles.css';
import './ui/app.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.js';
import { startI18n } from './i18n/i18n.js';
import { createAppRouter } from './shell/router.js';
import { cssVariables, theme } from './ui/theme.js';

// Asked for at once, not when it is first rendered: a question that is put before it is there would be lost.
const overlays = import('./shell/overlays.js');
const Overlays = lazy(async () => ({ default: (await overlays).Overlays }));

async function start(place: HTMLElement): Promise<void> {
  await startI18n();
  const queryClient = createQueryClient(() => router.navigate({ to: '/sign-in', search: { next: router.state.location.href, expired: true } }));
  const router = createAppRouter(queryClient);
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
          <RouterProvider router={router} />
          <Suspense><Overlays /></Suspense>
        </MantineProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no element "root"');
void start(place);
