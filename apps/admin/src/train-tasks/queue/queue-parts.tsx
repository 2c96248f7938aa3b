import { Text } from '@mantine/core';
import type { TrainTaskPage, TrainTaskSummary } from '@lora-ledger/contracts';
import type { TaskStatus } from '@lora-ledger/training';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkAnchor } from '../../ui/links.js';
import { useFormat } from '../../ui/use-format.js';
import css from '../list/task-columns.module.css';

export function TaskLink({ task: { taskId, name } }: { task: TrainTaskSummary }) {
  return (
    <Link to="/tasks/$taskId" params={{ taskId }} className={css.link} title={name}>
      {name}
    </Link>
  );
}

export function useOpenTask(): (task: TrainTaskSummary) => void {
  const navigate = useNavigate();
  return useCallback(({ taskId }) => void navigate({ to: '/tasks/$taskId', params: { taskId } }), [navigate]);
}

/** Says that a long queue is cut off here, and where all of it is. */
export function MoreThanShown({ page, status }: { page: TrainTaskPage | undefined; status: TaskStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = page?.total ?? 0;
  if (page === undefined || total <= page.items.length) return null;
  return (
    <Text size="xs" c="dimmed">
      {t('queue.more', { shown: format.count(page.items.length), formatted: format.count(total) })} ·{' '}
      <LinkAnchor to="/tasks" search={{ status: [status] }} inherit>
        {t('queue.all')}
      </LinkAnchor>
    </Text>
  );
}
