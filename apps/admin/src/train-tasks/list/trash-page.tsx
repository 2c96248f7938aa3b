import { Center, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.js';
import type { ListSearch } from '../../task-filter/list-search.js';
import { useListSearch } from '../../task-filter/use-list-search.js';
import { TaskList } from './task-list.js';

const route = getRouteApi('/signed-in/trash');

export function TrashPage() {
  const { t } = useTranslation();
  const search = useListSearch(route.useSearch());
  const navigate = route.useNavigate();
  const go = useCallback((next: ListSearch, replace: boolean) => void navigate({ search: next, replace }), [navigate]);
  return (
    <Page
      title={t('list.trashTitle')}
      lead={
        <Text c="dimmed" size="sm" mt={2}>
          {t('list.trashLead')}
        </Text>
      }
      height="full"
    >
      <TaskList trash search={search} onSearch={go} empty={<EmptyTrash />} />
    </Page>
  );
}

function EmptyTrash() {
  const { t } = useTranslation();
  return (
    <Center flex={1} p="xl">
      <Stack align="center" gap={6}>
        <IconTrash size={36} stroke={1.2} color="var(--mantine-color-dimmed)" aria-hidden />
        <Text fw={600}>{t('list.emptyTrash.title')}</Text>
        <Text c="dimmed" size="sm" ta="center">
          {t('list.emptyTrash.text')}
        </Text>
      </Stack>
    </Center>
  );
}
