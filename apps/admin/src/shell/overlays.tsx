import '@mantine/notifications/styles.css';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';

/** What lies over every page: messages and questions. Nobody needs them before the page is there, so they come after it. */
export function Overlays() {
  return (
    <>
      <ModalsProvider />
      <Notifications position="bottom-right" limit={4} />
    </>
  );
}
