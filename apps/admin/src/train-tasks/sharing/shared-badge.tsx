import { Badge, Tooltip } from '@mantine/core';
import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { IconUserShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../../api/session.js';

/** Whose task it is that a member looks at, when it is not their own. Admins see everybody's and need no such word. */
export function SharedBadge({ task }: { task: Pick<TrainTaskSummary, 'createUser'> }) {
  const { t } = useTranslation();
  const user = useUser();
  if (user.role === 'admin' || user.username === task.createUser) return null;
  return (
    <Tooltip label={t('sharing.byHint')}>
      <Badge variant="light" tt="none" radius="sm" fw={600} leftSection={<IconUserShare size={12} aria-hidden />} tabIndex={0}>
        {t('sharing.by', { name: task.createUser })}
      </Badge>
    </Tooltip>
  );
}
