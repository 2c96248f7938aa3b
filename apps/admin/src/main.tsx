import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './ui/app.css';
import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.js';
import { startI18n } from './i18n/i18n.js';
import { createAppRouter } from './shell/router.js';
import { theme } from './ui/theme.js';

async function start(place: HTMLElement): Promise<void> {
  await startI18n();
  const queryClient = createQueryClient(() => void router.navigate({ to: '/sign-in', search: { next: router.state.location.href, expired: true } }));
  const router = createAppRouter(queryClient);
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <ModalsProvider>
            <RouterProvider router={router} />
            <Notifications position="bottom-right" limit={4} />
          </ModalsProvider>
        </MantineProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no element "root"');
void start(place);
