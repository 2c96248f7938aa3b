import { Badge, Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.js';
import { useFormat } from '../../ui/use-format.js';
import { trainersOptions } from '../queries.js';
import { queueOptions } from './queries.js';
import { QUEUE_PARTS, type QueuePart } from './queue-search.js';
import { RunningTasks } from './running-tasks.js';
import { TrainerProfiles } from './trainer-profiles.js';
import { WaitingTasks } from './waiting-tasks.js';

const route = getRouteApi('/signed-in/admin/queue');
const PARTS = { running: RunningTasks, waiting: WaitingTasks, trainers: TrainerProfiles } as const;

/** What runs now, what comes next, and what can be started; how much of each is always in view. */
export function QueuePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { show = 'running' } = route.useSearch();
  const navigate = route.useNavigate();
  const counts: Record<QueuePart, number | undefined> = {
    running: useQuery(queueOptions('RUNNING')).data?.total,
    waiting: useQuery(queueOptions('PENDING')).data?.total,
    trainers: useQuery(trainersOptions).data?.items.length,
  };
  const Part = PARTS[show];

  return (
    <Page
      title={t('queue.title')}
      height="full"
      lead={
        <Text c="dimmed" size="sm" mt={2}>
          {t('queue.lead')}
        </Text>
      }
    >
      <Part
        toolbar={
          <SegmentedControl
            size="xs"
            aria-label={t('queue.title')}
            value={show}
            onChange={(value) => void navigate({ search: value === 'running' ? {} : { show: value } })}
            data={QUEUE_PARTS.map((part) => ({
              value: part,
              label: <PartLabel text={t(`queue.${part}`)} count={counts[part] === undefined ? null : format.count(counts[part])} />,
            }))}
          />
        }
      />
    </Page>
  );
}

function PartLabel({ text, count }: { text: string; count: string | null }) {
  return (
    <Group gap={6} wrap="nowrap" justify="center">
      {text}
      {count !== null && (
        <Badge component="span" size="sm" variant="default" radius="sm" className="tabular" style={{ flex: 'none' }}>
          {count}
        </Badge>
      )}
    </Group>
  );
}
