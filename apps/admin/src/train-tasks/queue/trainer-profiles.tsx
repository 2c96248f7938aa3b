import { Badge, Code, Text, Tooltip } from '@mantine/core';
import type { TrainerDto } from '@lora-ledger/contracts';
import { IconCpu } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../ui/data-table/column.js';
import { EmptyList } from '../../ui/empty-list.js';
import { ListView, TwoLines } from '../../ui/list-view.js';
import { useFormat } from '../../ui/use-format.js';
import { trainersOptions } from '../queries.js';
import { trainerLoadOptions } from './queries.js';

interface Profile {
  trainer: TrainerDto;
  /** Taken when a task names no trainer. */
  first: boolean;
}

const idOf = ({ trainer }: Profile) => trainer.name;

/** What can be started, as the operator has set it up. */
export function TrainerProfiles({ toolbar }: { toolbar: ReactNode }) {
  const { t } = useTranslation();
  const query = useQuery(trainersOptions);
  const rows = useMemo(() => (query.data?.items ?? []).map((trainer, index): Profile => ({ trainer, first: index === 0 })), [query.data]);
  const columns = useMemo<Column<Profile>[]>(
    () => [
      {
        id: 'name',
        title: t('queue.profile.name'),
        width: 300,
        required: true,
        grows: true,
        cell: (profile) => <Name profile={profile} />,
      },
      { id: 'format', title: t('queue.profile.format'), width: 150, cell: ({ trainer }) => <Code>{trainer.format}</Code> },
      { id: 'cost', title: t('queue.profile.cost'), width: 140, align: 'end', cell: ({ trainer }) => <Cost trainer={trainer} /> },
      { id: 'load', title: t('queue.profile.tasks'), width: 200, cell: ({ trainer }) => <Load trainer={trainer} /> },
    ],
    [t],
  );
  return (
    <ListView
      name="trainers"
      label={t('queue.trainers')}
      columns={columns}
      compact={compact}
      rows={rows}
      rowId={idOf}
      rowLabel={idOf}
      query={query}
      failed={t('queue.failed')}
      rowHeight={44}
      toolbar={
        <>
          {toolbar}
          <Text size="xs" c="dimmed">
            {t('queue.profile.operator')}
          </Text>
        </>
      }
      empty={<EmptyList Icon={IconCpu} title={t('queue.profile.none')} />}
    />
  );
}

const compact = (profile: Profile) => (
  <TwoLines first={<Name profile={profile} />} second={<Load trainer={profile.trainer} />} secondEnd={<Cost trainer={profile.trainer} />} />
);

function Name({ profile: { trainer, first } }: { profile: Profile }) {
  const { t } = useTranslation();
  return (
    <span>
      <strong style={{ fontWeight: 550 }}>{trainer.title}</strong>
      <Text span size="xs" c="dimmed" ml={8}>
        {trainer.name}
      </Text>
      {first && (
        <Tooltip label={t('queue.profile.firstHint')}>
          <Badge size="sm" variant="light" tt="none" radius="sm" ml={8}>
            {t('queue.profile.first')}
          </Badge>
        </Tooltip>
      )}
    </span>
  );
}

function Cost({ trainer: { costPerHour } }: { trainer: TrainerDto }) {
  const { t } = useTranslation();
  const format = useFormat();
  return costPerHour === null ? (
    <Text span inherit c="dimmed">
      {t('queue.profile.free')}
    </Text>
  ) : (
    <>{format.value(costPerHour)}</>
  );
}

function Load({ trainer: { name } }: { trainer: TrainerDto }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: running } = useQuery(trainerLoadOptions(name, 'RUNNING'));
  const { data: waiting } = useQuery(trainerLoadOptions(name, 'PENDING'));
  if (running === undefined || waiting === undefined) return null;
  return <span className="tabular">{t('queue.profile.now', { running: format.count(running), waiting: format.count(waiting) })}</span>;
}
