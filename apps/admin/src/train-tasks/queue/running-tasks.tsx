import { Text } from '@mantine/core';
import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { IconPlayerPause } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../ui/data-table/column.js';
import { EmptyList } from '../../ui/empty-list.js';
import { ListView, TwoLines } from '../../ui/list-view.js';
import { Time } from '../../ui/time.js';
import { Duration } from '../duration.js';
import { StatusCell } from '../../ui/status-badge.js';
import { MoreThanShown, TaskLink, useOpenTask } from './queue-parts.js';
import { queueOptions } from './queries.js';

const NONE: readonly TrainTaskSummary[] = [];
const idOf = ({ taskId }: TrainTaskSummary) => taskId;
const nameOf = ({ name }: TrainTaskSummary) => name;

/** What runs, the longest first: where, how far, and whether it still gives signs of life. */
export function RunningTasks({ toolbar }: { toolbar: ReactNode }) {
  const { t } = useTranslation();
  const query = useQuery(queueOptions('RUNNING'));
  const open = useOpenTask();
  const columns = useMemo<Column<TrainTaskSummary>[]>(
    () => [
      { id: 'status', title: t('queue.column.status'), width: 160, required: true, cell: (task) => <StatusCell task={task} /> },
      { id: 'name', title: t('queue.column.name'), width: 200, required: true, grows: true, cell: (task) => <TaskLink task={task} /> },
      { id: 'owner', title: t('queue.column.owner'), width: 100, cell: ({ createUser }) => createUser },
      { id: 'trainer', title: t('queue.column.trainer'), width: 100, cell: ({ trainer }) => trainer },
      { id: 'host', title: t('queue.column.host'), width: 110, cell: ({ host }) => host },
      { id: 'gpu', title: t('queue.column.gpu'), width: 110, cell: ({ gpu }) => gpu },
      { id: 'lastSeen', title: t('queue.column.lastSeen'), width: 138, cell: (task) => <LastSeen task={task} /> },
      { id: 'duration', title: t('queue.column.duration'), width: 105, align: 'end', cell: (task) => <Duration task={task} /> },
    ],
    [t],
  );
  return (
    <ListView
      name="running"
      label={t('queue.running')}
      columns={columns}
      compact={compact}
      rows={query.data?.items ?? NONE}
      rowId={idOf}
      rowLabel={nameOf}
      query={query}
      failed={t('queue.failed')}
      onOpen={open}
      toolbar={
        <>
          {toolbar}
          <MoreThanShown page={query.data} status="RUNNING" />
        </>
      }
      empty={<EmptyList Icon={IconPlayerPause} title={t('queue.nothingRuns')} />}
    />
  );
}

const compact = (task: TrainTaskSummary) => (
  <TwoLines
    first={<strong>{task.name}</strong>}
    firstEnd={
      <span style={{ width: 130, flex: 'none', textAlign: 'end' }}>
        <StatusCell task={task} />
      </span>
    }
    second={`${task.createUser} · ${task.host ?? task.trainer}`}
    secondEnd={<Duration task={task} />}
  />
);

function LastSeen({ task: { lastSeenAt } }: { task: TrainTaskSummary }) {
  const { t } = useTranslation();
  return lastSeenAt === null ? (
    <Text span inherit c="dimmed">
      {t('queue.noReport')}
    </Text>
  ) : (
    <Time at={lastSeenAt} relative />
  );
}
