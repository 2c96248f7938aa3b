import { Text } from '@mantine/core';
import type { RelatedTask, TrainTaskDetail } from '@lora-ledger/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { LinkAnchor } from '../../ui/links.js';
import { useFormat } from '../../ui/use-format.js';
import { taskOptions } from '../queries.js';
import { StatusBadge } from '../../ui/status-badge.js';
import css from './task-page.module.css';

/** Where the task comes from and what came of it. */
export function FamilyCard({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const alone = task.family.length <= 1 && task.clones.length === 0 && task.clonedFrom === null;
  return (
    <Card title={t('detail.family.title')}>
      {alone && <Text size="sm" c="dimmed">{t('detail.family.none')}</Text>}
      {task.clonedFrom !== null && <Origin taskId={task.clonedFrom} />}
      {task.note !== null && task.note !== '' && <Text size="sm" mb="xs" style={{ whiteSpace: 'pre-wrap' }}><Text span inherit c="dimmed">{t('detail.note')}: </Text>{task.note}</Text>}
      {task.family.length > 1 && <Related title={t('detail.family.attempts')} tasks={task.family} currentId={task.taskId} byAttempt />}
      {task.clones.length > 0 && <Related title={t('detail.family.clones')} tasks={task.clones} currentId={task.taskId} />}
    </Card>
  );
}

function Origin({ taskId }: { taskId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(taskOptions(taskId));
  return (
    <Text size="sm" mb="xs"><Text span inherit c="dimmed">{t('detail.family.clonedFrom')} </Text><LinkAnchor to="/tasks/$taskId" params={{ taskId }} inherit>{data?.name ?? taskId}</LinkAnchor></Text>
  );
}

function Related({ title, tasks, currentId, byAttempt = false }: { title: string; tasks: readonly RelatedTask[]; currentId: string; byAttempt?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Text size="xs" fw={600} mt={6} mb={2}>{title}</Text>
      <ul className={css.list}>
        {tasks.map(({ taskId, name, status, attempt, finalLoss }) => (
          <li key={taskId} className={css.related}>
            <span className={css.relatedName}>
              {taskId === currentId
                ? <>{byAttempt ? t('task.attempt', { number: attempt }) : name} <Text span size="xs" c="dimmed">({t('detail.family.current')})</Text></>
                : <LinkAnchor to="/tasks/$taskId" params={{ taskId }} inherit>{byAttempt ? t('task.attempt', { number: attempt }) : name}</LinkAnchor>}
            </span>
            <span className="tabular">{format.loss(finalLoss)}</span>
            <StatusBadge status={status} size="sm" />
          </li>
        ))}
      </ul>
    </>
  );
}
