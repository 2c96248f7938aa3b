import { Button } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

const ConfigDialog = lazy(async () => ({ default: (await import('./config-dialog.js')).ConfigDialog }));

/** The way to the configuration of a task as a trainer's file. */
export function ConfigExport({ taskId }: { taskId: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button size="sm" variant="default" leftSection={<IconFileExport size={16} aria-hidden />} onClick={() => setOpened(true)}>
        {t('exporting.config')}
      </Button>
      {opened && (
        <Suspense>
          <ConfigDialog taskId={taskId} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  );
}
