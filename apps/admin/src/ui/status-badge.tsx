import { Badge, Progress, Tooltip } from '@mantine/core';
import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { remainingSeconds, type TaskStatus } from '@lora-ledger/training';
import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconPlayerPlayFilled, IconX, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format.js';
import { useNow } from './use-now.js';
import css from './status-badge.module.css';

export const STATUS_LOOK: Record<TaskStatus, { color: string; Icon: Icon }> = {
  PENDING: { color: 'gray', Icon: IconClock },
  RUNNING: { color: 'blue', Icon: IconPlayerPlayFilled },
  SUCCESS: { color: 'teal', Icon: IconCheck },
  FAILED: { color: 'red', Icon: IconX },
  CANCELLED: { color: 'gray', Icon: IconBan },
};

/** A state as icon, word and colour together: none of them alone carries the meaning. */
export function StatusBadge({ status, stalled = false, lastSeenAt = null, size = 'md' }: { status: TaskStatus; stalled?: boolean; lastSeenAt?: string | null; size?: 'sm' | 'md' | 'lg' }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(stalled);
  const look = stalled ? { color: 'orange', Icon: IconAlertTriangle } : STATUS_LOOK[status];
  const badge = (
    <Badge className={css.badge} data-look={look.color} size={size} radius="sm" leftSection={<look.Icon size={size === 'lg' ? 14 : 12} aria-hidden />} tt="none" fw={600}>
      {stalled ? t('task.status.stalled') : t(`task.status.${status}`)}
    </Badge>
  );
  if (!stalled || lastSeenAt === null) return badge;
  return <Tooltip label={t('task.status.stalledHint', { when: format.relative(lastSeenAt, now) })} multiline w={260}>{badge}</Tooltip>;
}

/** State in a list: while a task runs, how far it is and how long it will still take. */
export function StatusCell({ task }: { task: TrainTaskSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const running = task.status === 'RUNNING';
  const now = useNow(running);
  if (!running || task.stalled || task.progress === null) return <StatusBadge status={task.status} stalled={task.stalled} lastSeenAt={task.lastSeenAt} />;
  const elapsed = task.startTime === null ? 0 : (now - Date.parse(task.startTime)) / 1000;
  const left = remainingSeconds(task.progress, elapsed);
  return (
    <div className={css.running}>
      <span className={css.words}>
        <span className={css.runningWord}><IconPlayerPlayFilled size={11} aria-hidden /> {t('task.status.RUNNING')}</span>
        <span className="tabular">{format.percent(task.progress)}{left === null ? '' : ` · ${format.duration(left, 1)}`}</span>
      </span>
      <Progress value={task.progress * 100} size={4} color="blue" aria-label={t('task.progress')} />
    </div>
  );
}
