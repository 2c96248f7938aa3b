import { Alert, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconEqual } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/links.js';
import { Page } from '../../ui/page.js';
import { problemText } from '../../ui/problem-text.js';
import { comparisonOptions } from '../queries.js';
import { CompareCurves } from './compare-curves.js';
import { CompareTable } from './compare-table.js';
import { COMPARE_MIN, type CompareSearch } from './compare-search.js';
import { sameExperiments } from './differences.js';

/** 2 to 20 tasks side by side: what differs, and what it did to the curves. The address is the comparison; whoever may see the tasks can open it. */
export function ComparePage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/signed-in/compare' });
  const navigate = useNavigate();
  const query = useQuery({ ...comparisonOptions(search.ids), enabled: search.ids.length >= COMPARE_MIN });
  const change = (part: Partial<CompareSearch>) => void navigate({ to: '/compare', search: { ...search, ...part }, replace: true });
  const without = (taskId: string) => change({ ids: search.ids.filter((id) => id !== taskId), ...(search.base === taskId ? { base: undefined } : {}) });

  if (search.ids.length < COMPARE_MIN) {
    return (
      <Page title={t('compare.title')}>
        <Stack align="center" gap="xs" py={60}>
          <Text fw={600}>{t('compare.tooFew')}</Text>
          <Text size="sm" c="dimmed" ta="center" maw={420}>{t('compare.tooFewText')}</Text>
          <LinkButton to="/tasks" variant="default" mt="sm">{t('compare.toTasks')}</LinkButton>
        </Stack>
      </Page>
    );
  }
  const same = query.data === undefined ? [] : sameExperiments(query.data);
  return (
    <Page title={t('compare.title')}>
      <Stack gap="md">
        {query.isError && <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">{problemText(t, query.error)}</Alert>}
        {same.map((names) => (
          <Alert key={names.join()} color="orange" variant="light" icon={<IconEqual />} title={t('compare.same')}>{t('compare.sameText', { names: names.join(t('compare.separator')) })}</Alert>
        ))}
        {query.isPending && <><Skeleton height={260} radius="md" /><Skeleton height={320} radius="md" /></>}
        {query.data !== undefined && (
          <>
            <CompareCurves comparison={query.data} />
            <CompareTable comparison={query.data} base={search.base ?? search.ids[0]} all={search.all === true} onAll={(all) => change({ all: all || undefined })} onBase={(base) => change({ base })} onRemove={without} />
          </>
        )}
      </Stack>
    </Page>
  );
}
