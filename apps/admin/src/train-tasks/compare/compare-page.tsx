import { Alert, Button, Group, Skeleton, Stack, Text, useComputedColorScheme } from '@mantine/core';
import { IconAlertCircle, IconEqual } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/problem.js';
import { CopyLink } from '../../ui/copy-link.js';
import { LinkButton } from '../../ui/links.js';
import { Page } from '../../ui/page.js';
import { problemText } from '../../ui/problem-text.js';
import { comparedInterval, useEndOf } from '../live.js';
import { comparisonOptions } from '../queries.js';
import { AddTask } from './add-task.js';
import { CloneEdges } from './clone-edges.js';
import css from './compare.module.css';
import { CompareCurves } from './compare-curves.js';
import { CompareTable } from './compare-table.js';
import { COMPARE_MIN, type CompareSearch } from './compare-search.js';
import { sameExperiments } from './differences.js';
import { ParallelCard } from './parallel-card.js';
import { keptSlots, taskLook } from './task-look.js';
import { useOrder } from './use-order.js';

type ComparePart = Partial<CompareSearch> | ((before: CompareSearch) => Partial<CompareSearch>);

/** 2 to 20 tasks side by side: what differs, and what it did to the curves. The address is the comparison; whoever may see the tasks can open it. */
export function ComparePage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/signed-in/compare' });
  const navigate = useNavigate();
  const scheme = useComputedColorScheme('light');
  const { ids } = search;
  const { data, isPending, error } = useQuery({
    ...comparisonOptions(ids),
    enabled: ids.length >= COMPARE_MIN,
    refetchInterval: ({ state }) => comparedInterval(state.data?.tasks ?? []),
  });
  useEndOf(...(data?.tasks ?? []));
  const looks = useMemo(
    () => keptSlots(data?.tasks.map(({ taskId }) => taskId) ?? []).map((slot) => taskLook(slot, scheme)),
    [data, scheme],
  );
  const { parameters, order } = useOrder(data);
  // These stay the same while the address changes, so that a zoom of the curves does not draw the table and the axes again.
  const change = useCallback(
    (part: ComparePart) => {
      const next = (before: CompareSearch) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) });
      void navigate({ from: '/compare', to: '/compare', search: next, replace: true, resetScroll: false });
    },
    [navigate],
  );
  const keep = useCallback(
    (kept: string[]) => change(({ base }) => ({ ids: kept, ...(base !== undefined && !kept.includes(base) ? { base: undefined } : {}) })),
    [change],
  );
  const remove = useCallback((taskId: string) => keep(ids.filter((id) => id !== taskId)), [keep, ids]);
  const setBase = useCallback((base: string) => change({ base }), [change]);
  const showAll = useCallback((all: boolean) => change({ all: all || undefined }), [change]);
  const add = <AddTask ids={ids} onAdd={(taskId) => change({ ids: [...ids, taskId] })} />;

  if (ids.length < COMPARE_MIN) {
    return (
      <Page title={t('compare.title')}>
        <Stack align="center" gap="xs" py={60}>
          <Text fw={600}>{t('compare.tooFew')}</Text>
          <Text size="sm" c="dimmed" ta="center" maw={420}>
            {t('compare.tooFewText')}
          </Text>
          <Group mt="sm">
            {add}
            <LinkButton to="/tasks" variant="default">
              {t('compare.toTasks')}
            </LinkButton>
          </Group>
        </Stack>
      </Page>
    );
  }
  const same = data === undefined ? [] : sameExperiments(data);
  const hidden = hiddenIds(error);
  const others = ids.filter((id) => !hidden.includes(id));
  return (
    <Page
      title={t('compare.title')}
      actions={
        <Group gap="xs" justify="flex-end">
          {add}
          <CopyLink />
        </Group>
      }
    >
      <Stack gap="md">
        {error !== null && (
          <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
            {hidden.length > 0 ? t('compare.hidden', { count: hidden.length }) : problemText(t, error)}{' '}
            {hidden.length > 0 && others.length >= COMPARE_MIN && (
              <Button size="compact-xs" variant="light" onClick={() => keep(others)}>
                {t('compare.withoutHidden', { count: others.length })}
              </Button>
            )}
          </Alert>
        )}
        {same.map((group) => (
          <Alert
            key={group.map(({ taskId }) => taskId).join()}
            color="orange"
            variant="light"
            icon={<IconEqual />}
            title={t('compare.same')}
            classNames={{ title: css.loud }}
          >
            {t('compare.sameText', { names: group.map(({ name }) => name).join(t('compare.separator')) })}
          </Alert>
        ))}
        {isPending && (
          <>
            <Skeleton height={360} radius="md" />
            <Skeleton height={320} radius="md" />
          </>
        )}
        {data !== undefined && error === null && (
          <>
            <CloneEdges tasks={data.tasks} looks={looks} />
            <CompareCurves comparison={data} looks={looks} search={search} onChange={change} />
            <CompareTable
              comparison={data}
              looks={looks}
              parameters={parameters}
              order={order}
              base={search.base ?? ids[0]}
              all={search.all === true}
              onAll={showAll}
              onBase={setBase}
              onRemove={remove}
            />
            <ParallelCard comparison={data} looks={looks} onKeep={keep} />
          </>
        )}
      </Stack>
    </Page>
  );
}

/** The tasks an answer says are not there for this person. */
function hiddenIds(error: unknown): string[] {
  return error instanceof ApiProblem && error.code === 'NOT_FOUND' ? error.errors.map(({ message }) => message) : [];
}
