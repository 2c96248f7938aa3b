import { Skeleton, Text, Timeline } from '@mantine/core';
import type { TaskEvent } from '@lora-ledger/contracts';
import { FAILURE_REASONS } from '@lora-ledger/training';
import { IconPencil, IconPlus, IconRestore, IconTrash, type Icon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { Time } from '../../ui/time.js';
import { eventsOptions } from '../queries.js';
import { STATUS_LOOK } from '../../ui/status-badge.js';

const KNOWN = ['created', 'started', 'finished', 'failed', 'cancelled', 'trashed', 'restored', 'edited', 'retried', 'cloned'] as const;
const PROGRAMS = ['trainer', 'worker', 'ledger'] as const;

/** The history of a task, from its submission on: who did what, when and why. */
export function TimelineCard({ taskId }: { taskId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(eventsOptions(taskId));
  return (
    <Card title={t('detail.timeline.title')}>
      {data === undefined ? (
        <Skeleton height={80} aria-hidden />
      ) : (
        <Timeline bulletSize={22} lineWidth={2} active={data.items.length}>
          {data.items.map((event) => {
            const { color, Icon: EventIcon } = lookOf(event);
            const known = KNOWN.find((type) => type === event.type);
            return (
              <Timeline.Item
                key={event.id}
                color={color}
                bullet={<EventIcon size={12} aria-hidden />}
                title={
                  <Text size="sm" fw={600}>
                    {known === undefined ? event.type : t(`detail.timeline.${known}`)}
                  </Text>
                }
              >
                <Details event={event} />
              </Timeline.Item>
            );
          })}
        </Timeline>
      )}
    </Card>
  );
}

function Details({ event }: { event: TaskEvent }) {
  const { t } = useTranslation();
  const program = PROGRAMS.find((name) => name === event.actor);
  const reason = FAILURE_REASONS.find((one) => one === event.why);
  return (
    <>
      <Text size="xs" c="dimmed">
        <Time at={event.at} /> · {t('detail.timeline.by', { actor: program === undefined ? event.actor : t(`detail.timeline.${program}`) })}
      </Text>
      {event.why !== null && event.why !== '' && (
        <Text size="xs" mt={2} lineClamp={6} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {reason === undefined ? event.why : t(`task.reason.${reason}`)}
        </Text>
      )}
    </>
  );
}

function lookOf({ type, to, from }: TaskEvent): { color: string; Icon: Icon } {
  if (to !== null && to !== from) return type === 'created' ? { color: 'gray', Icon: IconPlus } : STATUS_LOOK[to];
  if (type === 'trashed') return { color: 'gray', Icon: IconTrash };
  if (type === 'restored') return { color: 'teal', Icon: IconRestore };
  return { color: 'gray', Icon: type === 'created' ? IconPlus : IconPencil };
}
