import { ActionIcon, Button, Group, Table, Text, Tooltip } from '@mantine/core';
import type { ComparedTask } from '@lora-ledger/contracts';
import { IconAnchor, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LinkAnchor } from '../../ui/links.js';
import { SharedBadge } from '../sharing/shared-badge.js';
import { StatusBadge } from '../../ui/status-badge.js';
import css from './compare.module.css';
import type { TaskLook } from './task-look.js';
import { TaskSwatch } from './task-swatch.js';

interface CompareHeadProps {
  task: ComparedTask;
  look: TaskLook;
  isBase: boolean;
  onBase: (taskId: string) => void;
  /** Absent when no fewer tasks could be compared. */
  onRemove: ((taskId: string) => void) | undefined;
}

/** The head of a task's column: which one it is, how it stands, and whether the others are measured against it. */
export function CompareHead({ task, look, isBase, onBase, onRemove }: CompareHeadProps) {
  const { t } = useTranslation();
  return (
    <Table.Th scope="col" className={css.head} data-base={isBase || undefined}>
      <Group gap={6} wrap="nowrap" align="start">
        <TaskSwatch look={look} />
        <LinkAnchor to="/tasks/$taskId" params={{ taskId: task.taskId }} size="sm" fw={600} className={css.name}>
          {task.name}
        </LinkAnchor>
        {onRemove !== undefined && (
          <Tooltip label={t('compare.remove', { name: task.name })}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={24}
              aria-label={t('compare.remove', { name: task.name })}
              onClick={() => onRemove(task.taskId)}
            >
              <IconX size={13} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      <Group gap={6} mt={4}>
        <StatusBadge status={task.status} stalled={task.stalled} size="sm" />
        <SharedBadge task={task} />
        {isBase ? (
          <Text size="xs" fw={600} className={css.baseline}>
            <IconAnchor size={12} aria-hidden /> {t('compare.baseline')}
          </Text>
        ) : (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconAnchor size={12} aria-hidden />}
            aria-label={t('compare.setBaselineTo', { name: task.name })}
            onClick={() => onBase(task.taskId)}
          >
            {t('compare.setBaseline')}
          </Button>
        )}
      </Group>
    </Table.Th>
  );
}
