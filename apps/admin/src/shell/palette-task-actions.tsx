import { Group, Text } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '../ui/status-badge.js';
import { useFormat } from '../ui/use-format.js';

/** Tasks that were found: enough of each to tell it from the others. */
export function TaskActions({ tasks, onGo }: { tasks: readonly TrainTaskSummary[]; onGo: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  return (
    <Spotlight.ActionsGroup label={t('palette.tasks')} role="group" aria-label={t('palette.tasks')}>
      {tasks.map(({ taskId, name, modelName, loraRank, learningRate, status, stalled }) => (
        <Spotlight.Action
          key={taskId}
          role="option"
          onClick={() => {
            onGo();
            void navigate({ to: '/tasks/$taskId', params: { taskId } });
          }}
        >
          <Group flex={1} wrap="nowrap" gap="sm" miw={0}>
            <span style={{ flex: 1, minWidth: 0 }}>
              <Text size="sm" truncate>
                {name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {[modelName, `${t('list.column.loraRank')} ${format.value(loraRank)}`, format.value(learningRate), taskId.slice(0, 8)].join(
                  ' · ',
                )}
              </Text>
            </span>
            <StatusBadge status={status} stalled={stalled} size="sm" />
          </Group>
        </Spotlight.Action>
      ))}
    </Spotlight.ActionsGroup>
  );
}
