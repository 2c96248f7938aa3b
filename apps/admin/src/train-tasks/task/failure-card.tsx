import { Alert, Anchor, Group, Text } from '@mantine/core';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/copy-button.js';
import { LOG_ID } from './log-card.js';
import css from './task-page.module.css';

/** Why it failed, in words first and in the program's own words after. */
export function FailureCard({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const reason = task.failureReason ?? 'UNKNOWN';
  return (
    <Alert color="red" variant="light" className={css.failure} icon={<IconAlertTriangle />} title={t('detail.failure.title', { reason: t(`task.reason.${reason}`) })} radius="lg">
      <Text size="sm">{t(`task.reasonAdvice.${reason}`)}</Text>
      {task.errorMessage !== null && (
        <>
          <pre className={css.error} tabIndex={0} aria-label={t('detail.failure.title', { reason: '' })}>{task.errorMessage}</pre>
          <Group gap="xs" mt={6}>
            <Anchor href={`#${LOG_ID}`} size="sm">{t('detail.failure.showLog')}</Anchor>
            {task.exitCode !== null && <Text size="xs" c="dimmed">{t('detail.fact.exitCode')} {task.exitCode}</Text>}
            <CopyButton text={task.errorMessage} label={t('action.copy')} />
          </Group>
        </>
      )}
    </Alert>
  );
}
