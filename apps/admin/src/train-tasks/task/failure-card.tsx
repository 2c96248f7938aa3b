import { Alert, Anchor, Group, Text } from '@mantine/core';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/copy-button.js';
import { fetchLog, taskKeys } from '../queries.js';
import { FailureCompany } from './failure-company.js';
import { LOG_ID } from './log-card.js';
import { LogLine } from './log-line.js';
import { toLines } from './log-lines.js';
import css from './task-page.module.css';

const LAST_BYTES = 4096;
const LAST_LINES = 8;

/** Why it failed: in words first, in the program's own words after, and what other failures tell about it. */
export function FailureCard({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const reason = task.failureReason ?? 'UNKNOWN';
  const { data: log } = useQuery({
    queryKey: [...taskKeys.detail(task.taskId), 'last-lines', task.logSize],
    enabled: task.logSize > 0,
    staleTime: 60_000,
    queryFn: ({ signal }) => fetchLog(task.taskId, -LAST_BYTES, LAST_BYTES, signal),
  });
  const lines = log === undefined ? [] : toLines(log.text, log.offset === 0).slice(-LAST_LINES);
  const isTold = lines.every((line) => line.trim() === '' || task.errorMessage?.includes(line.trim()));
  return (
    <Alert
      color="red"
      variant="light"
      className={css.failure}
      icon={<IconAlertTriangle />}
      title={t('detail.failure.title', { reason: t(`task.reason.${reason}`) })}
      radius="lg"
    >
      <Text size="sm">{t(`task.reasonAdvice.${reason}`)}</Text>
      {task.errorMessage !== null && (
        <pre className={css.error} tabIndex={0} aria-label={t('detail.failure.error')}>
          {task.errorMessage}
        </pre>
      )}
      {!isTold && (
        <>
          <Text size="xs" c="dimmed" mt={8}>
            {t('detail.failure.lastLines')}
          </Text>
          <pre className={css.lastLines} tabIndex={0} aria-label={t('detail.failure.lastLines')}>
            {lines.map((line, index) => (
              <div key={index}>
                <LogLine text={line} wanted="" />
              </div>
            ))}
          </pre>
        </>
      )}
      <Group gap="xs" mt={6}>
        <Anchor href={`#${LOG_ID}`} size="sm">
          {t('detail.failure.showLog')}
        </Anchor>
        {task.exitCode !== null && (
          <Text size="xs" c="dimmed">
            {t('detail.fact.exitCode')} {task.exitCode}
          </Text>
        )}
        {task.errorMessage !== null && <CopyButton text={task.errorMessage} label={t('detail.failure.copy')} />}
      </Group>
      <FailureCompany task={task} reason={reason} />
    </Alert>
  );
}
