import { Alert, List, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { TrainTaskPage } from '@lora-ledger/contracts';
import { IconFingerprint } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { apiGet } from '../../api/http.js';
import { LinkAnchor } from '../../ui/links.js';
import { Time } from '../../ui/time.js';
import { taskKeys } from '../queries.js';
import { findProblems } from './form-problems.js';
import { toRequest, type FormValues } from './form-model.js';
import css from './task-form.module.css';

const SHOWN = 3;
const ASK_AFTER_MS = 400;

/** Tasks the caller may see that are the same experiment as a request. */
function sameExperimentOptions(request: Readonly<Record<string, unknown>> | null) {
  const text = request === null ? null : JSON.stringify(request);
  return queryOptions({
    queryKey: [...taskKeys.all, 'same-experiment', text],
    enabled: text !== null,
    queryFn: async ({ signal }) => {
      const { fingerprintOf } = await import('./source-codec.js');
      const fingerprint = fingerprintOf(request ?? {});
      const page = await apiGet<TrainTaskPage>('/train-tasks', { fingerprint, scope: 'all', limit: SHOWN, withTotal: true }, signal);
      return { fingerprint, ...page };
    },
    staleTime: 10_000,
  });
}

/** Says before the hand-in that this very experiment has been done, and where to look at it. */
export function SameExperiment({ values }: { values: FormValues }) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(values, ASK_AFTER_MS);
  const request = findProblems(settled).size === 0 ? experimentOf(settled) : null;
  const { data } = useQuery(sameExperimentOptions(request));
  if (request === null || data === undefined || data.items.length === 0) return null;
  const total = data.total ?? data.items.length;
  return (
    <Alert
      variant="light"
      color="orange"
      icon={<IconFingerprint aria-hidden />}
      title={t('form.same.title')}
      p="sm"
      mb="sm"
      role="status"
      classNames={{ title: css.alertTitle }}
    >
      <Text size="xs">{t('form.same.text')}</Text>
      <List size="xs" mt={4}>
        {data.items.map(({ taskId, name, status, createdAt }) => (
          <List.Item key={taskId}>
            <LinkAnchor underline="always" to="/tasks/$taskId" params={{ taskId }} inherit>
              {name}
            </LinkAnchor>{' '}
            · {t(`task.status.${status}`)} · <Time at={createdAt} relative />
          </List.Item>
        ))}
      </List>
      {total > data.items.length && (
        <LinkAnchor underline="always" to="/tasks" search={{ fingerprint: data.fingerprint, scope: 'all' }} size="xs">
          {t('form.same.all', { count: total })}
        </LinkAnchor>
      )}
    </Alert>
  );
}

/** Only what counts, so that a new name asks nothing anew. */
function experimentOf(values: FormValues): Record<string, unknown> {
  const { trainer: _profile, name: _name, description: _text, tags: _tags, note: _why, ...experiment } = toRequest(values);
  return experiment;
}
