import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { remainingSeconds, type TaskStatus } from '@lora-ledger/training';
import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconPlayerPlayFilled, IconX, type Icon } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import css from './status-badge.module.css';
import { useFormat, type Format } from './use-format.js';
import { useNow } from './use-now.js';

export const STATUS_LOOK: Record<TaskStatus, { color: string; Icon: Icon }> = {
  PENDING: { color: 'gray', Icon: IconClock },
  RUNNING: { color: 'blue', Icon: IconPlayerPlayFilled },
  SUCCESS: { color: 'teal', Icon: IconCheck },
  FAILED: { color: 'red', Icon: IconX },
  CANCELLED: { color: 'gray', Icon: IconBan },
};

type Size = 'sm' | 'md' | 'lg';
type Progressing = Pick<TrainTaskSummary, 'status' | 'stalled' | 'lastSeenAt' | 'progress' | 'startTime'>;

/** A state as icon, word and colour together: none of them alone carries the meaning. */
export function StatusBadge({
  status,
  stalled = false,
  lastSeenAt = null,
  size = 'md',
}: {
  status: TaskStatus;
  stalled?: boolean;
  lastSeenAt?: string | null;
  size?: Size;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return stalled ? (
    <Stalled lastSeenAt={lastSeenAt} size={size} t={t} format={format} />
  ) : (
    badge(STATUS_LOOK[status], t(`task.status.${status}`), size)
  );
}

/** State in a list: while a task runs, how far it is and how long it will still take. No component, because a table draws hundreds a second. */
export function statusCell(task: Progressing, t: TFunction, format: Format): ReactNode {
  if (task.stalled) return <Stalled lastSeenAt={task.lastSeenAt} size="md" t={t} format={format} />;
  if (task.status === 'RUNNING' && task.progress !== null)
    return <Running progress={task.progress} startTime={task.startTime} t={t} format={format} />;
  return badge(STATUS_LOOK[task.status], t(`task.status.${task.status}`), 'md');
}

/** The same where few are drawn. */
export function StatusCell({ task }: { task: Progressing }) {
  const { t } = useTranslation();
  const format = useFormat();
  return <>{statusCell(task, t, format)}</>;
}

function badge({ color, Icon: Sign }: { color: string; Icon: Icon }, word: string, size: Size, title?: string): ReactNode {
  return (
    <span className={css.badge} data-look={color} data-size={size} title={title}>
      <Sign size={size === 'lg' ? 14 : 12} aria-hidden />
      {word}
    </span>
  );
}

interface Worded {
  t: TFunction;
  format: Format;
}

function Stalled({ lastSeenAt, size, t, format }: Worded & { lastSeenAt: string | null; size: Size }) {
  const now = useNow();
  return badge(
    { color: 'orange', Icon: IconAlertTriangle },
    t('task.status.stalled'),
    size,
    lastSeenAt === null ? undefined : t('task.status.stalledHint', { when: format.relative(lastSeenAt, now) }),
  );
}

function Running({ progress, startTime, t, format }: Worded & { progress: number; startTime: string | null }) {
  const now = useNow();
  const left = remainingSeconds(progress, startTime === null ? 0 : (now - Date.parse(startTime)) / 1000);
  const percent = Math.round(progress * 1000) / 10;
  return (
    <div className={css.running}>
      <span className={css.words}>
        <span className={css.runningWord}>
          {RUNNING_SIGN}
          {t('task.status.RUNNING')}
        </span>
        <span className="tabular">
          {format.percent(progress)}
          {left === null ? '' : ` · ${format.duration(left, 1)}`}
        </span>
      </span>
      <div
        className={css.track}
        role="progressbar"
        aria-label={t('task.progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div className={css.bar} style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}

const RUNNING_SIGN = <IconPlayerPlayFilled size={11} aria-hidden />;
