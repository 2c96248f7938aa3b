import { Alert, Skeleton, Stack } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.js';
import { problemText } from '../../ui/problem-text.js';
import { trainersOptions } from '../queries.js';
import { NewTasks } from './new-tasks.js';

export function NewTaskPage() {
  const { t } = useTranslation();
  const { data, error } = useQuery(trainersOptions);
  return (
    <Page title={t('form.newTitle')}>
      {error !== null && data === undefined && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
          {problemText(t, error)}
        </Alert>
      )}
      {data === undefined ? <FormSkeleton /> : <NewTasks trainers={data.items} />}
    </Page>
  );
}

export function FormSkeleton() {
  return (
    <Stack gap="md" maw={820} aria-hidden>
      <Skeleton height={190} radius="lg" />
      <Skeleton height={280} radius="lg" />
      <Skeleton height={160} radius="lg" />
    </Stack>
  );
}
