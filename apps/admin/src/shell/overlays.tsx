import '@mantine/notifications/styles.css';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { hearQuestions } from '../ui/ask.js';

/** What lies over every page: messages and questions. Nobody needs them before the page is there, so they come after it. */
export function Overlays() {
  useEffect(hearQuestions, []);
  return (
    <>
      <ModalsProvider />
      <Notifications position="bottom-right" limit={4} />
    </>
  );
}
