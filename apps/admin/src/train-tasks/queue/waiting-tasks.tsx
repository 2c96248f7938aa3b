import { Text } from '@mantine/core';
import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { IconMoodCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../ui/data-table/column.js';
import { EmptyList } from '../../ui/empty-list.js';
import { ListView, TwoLines } from '../../ui/list-view.js';
import { Time } from '../../ui/time.js';
import { useFormat } from '../../ui/use-format.js';
import { useNow } from '../../ui/use-now.js';
import { MoreThanShown, TaskLink, useOpenTask } from './queue-parts.js';
import { queueOptions } from './queries.js';

interface Waiting {
  task: TrainTaskSummary;
  /** Place in the queue, from 1. */
  position: number;
}

const idOf = ({ task }: Waiting) => task.taskId;
const nameOf = ({ task }: Waiting) => task.name;

/** What waits, in the order in which trainers take it. */
export function WaitingTasks({ toolbar }: { toolbar: ReactNode }) {
  const { t } = useTranslation();
  const query = useQuery(queueOptions('PENDING'));
  const open = useOpenTask();
  const rows = useMemo(() => (query.data?.items ?? []).map((task, index): Waiting => ({ task, position: index + 1 })), [query.data]);
  const columns = useMemo<Column<Waiting>[]>(
    () => [
      { id: 'position', title: t('queue.column.position'), width: 64, align: 'end', required: true, cell: ({ position }) => position },
      { id: 'name', title: t('queue.column.name'), width: 260, required: true, grows: true, cell: ({ task }) => <TaskLink task={task} /> },
      { id: 'owner', title: t('queue.column.owner'), width: 130, cell: ({ task }) => task.createUser },
      { id: 'trainer', title: t('queue.column.trainer'), width: 140, cell: ({ task }) => task.trainer },
      { id: 'waited', title: t('queue.column.waited'), width: 120, align: 'end', cell: ({ task }) => <Waited since={task.createdAt} /> },
      { id: 'createdAt', title: t('queue.column.createdAt'), width: 150, cell: ({ task }) => <Time at={task.createdAt} /> },
    ],
    [t],
  );
  return (
    <ListView
      name="waiting"
      label={t('queue.waiting')}
      columns={columns}
      compact={compact}
      rows={rows}
      rowId={idOf}
      rowLabel={nameOf}
      query={query}
      failed={t('queue.failed')}
      onOpen={({ task }) => open(task)}
      toolbar={
        <>
          {toolbar}
          <Text size="xs" c="dimmed">
            {t('queue.order')}
          </Text>
          <MoreThanShown page={query.data} status="PENDING" />
        </>
      }
      empty={<EmptyList Icon={IconMoodCheck} title={t('queue.nothingWaits')} />}
    />
  );
}

const compact = ({ task, position }: Waiting) => (
  <TwoLines
    first={<strong>{task.name}</strong>}
    firstEnd={<Place number={position} />}
    second={`${task.createUser} · ${task.trainer}`}
    secondEnd={<Waited since={task.createdAt} />}
  />
);

function Place({ number }: { number: number }) {
  const { t } = useTranslation();
  return <span className="tabular">{t('queue.position', { number })}</span>;
}

function Waited({ since }: { since: string }) {
  const format = useFormat();
  const now = useNow();
  return <span className="tabular">{format.duration((now - Date.parse(since)) / 1000)}</span>;
}
