import { Alert, Button, Skeleton, Stack } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../ui/problem-text.js';
import css from './analytics.module.css';

interface AnsweredProps<Answer> {
  query: UseQueryResult<Answer>;
  /** Heights of what will stand there, in pixels. */
  skeleton?: readonly number[];
  children: (answer: Answer) => ReactNode;
}

/** The answer to a question: its shape while it is awaited, a way to ask again when it failed, dimmed while a newer one is on its way. */
export function Answered<Answer>({ query, skeleton = [340], children }: AnsweredProps<Answer>) {
  const { t } = useTranslation();
  const { data, error, isPlaceholderData, refetch } = query;
  return (
    <Stack gap="md">
      {error !== null && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} title={t('analytics.failed')} role="alert">
          {problemText(t, error)}{' '}
          <Button size="compact-xs" variant="light" onClick={() => void refetch()}>
            {t('action.tryAgain')}
          </Button>
        </Alert>
      )}
      {data === undefined ? (
        error === null && (
          <Stack gap="md" aria-busy aria-label={t('table.loading')} role="status">
            {skeleton.map((height, index) => (
              <Skeleton key={index} height={height} radius="lg" />
            ))}
          </Stack>
        )
      ) : (
        <Stack gap="md" className={css.answer} data-stale={isPlaceholderData || undefined}>
          {children(data)}
        </Stack>
      )}
    </Stack>
  );
}
