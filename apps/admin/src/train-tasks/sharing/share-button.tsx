import { Button, Modal, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { IconShare } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../../api/session.js';

/** Few visits to a task end in sharing it: what it takes is loaded when somebody does. */
const ShareDialog = lazy(async () => ({ default: (await import('./share-dialog.js')).ShareDialog }));

/** For the owner and for admins: others may not share what was shared with them. */
export function ShareButton({ task }: { task: Pick<TrainTaskSummary, 'taskId' | 'name' | 'createUser' | 'deletedAt'> }) {
  const { t } = useTranslation();
  const user = useUser();
  const [opened, { open, close }] = useDisclosure(false);
  if (task.deletedAt !== null || (user.role !== 'admin' && user.username !== task.createUser)) return null;
  return (
    <>
      <Button size="sm" variant="default" leftSection={<IconShare size={16} aria-hidden />} onClick={open}>
        {t('sharing.action')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('sharing.title', { name: task.name })}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <Suspense fallback={<Skeleton height={220} aria-hidden />}>
          <ShareDialog task={task} onClose={close} />
        </Suspense>
      </Modal>
    </>
  );
}
