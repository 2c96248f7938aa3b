import { Badge, Button, Group } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { IconArrowLeft, IconBulb, IconCopy } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CopyLink } from '../../ui/copy-link.js';
import { LinkAnchor, LinkButton } from '../../ui/links.js';
import { useShortcuts } from '../../ui/shortcuts.js';
import { ACTION_ICONS } from '../action-look.js';
import { lastList } from '../list/last-list.js';
import type { DirectAction } from '../mutations.js';
import { ShareButton } from '../sharing/share-button.js';
import { SharedBadge } from '../sharing/shared-badge.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { useTaskCommands } from '../use-task-commands.js';
import { ConfigExport } from './config-export.js';
import { TaskName } from './task-name.js';
import { TaskTags } from './task-tags.js';

const ACTIONS: readonly DirectAction[] = ['cancel', 'retry', 'restore', 'trash'];

/** Which task this is, how it stands, and what can be done with it. */
export function TaskHeader({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { run, busy } = useTaskCommands();
  const { taskId, name, actions } = task;
  useDocumentTitle(`${name} · ${t('product')}`);
  useShortcuts(actions.includes('clone') ? [['c', 'clone', () => void navigate({ to: '/tasks/$taskId/clone', params: { taskId } })]] : []);

  const act = (action: DirectAction) =>
    run(action, [task], (answer) => {
      if (action === 'retry' && answer !== undefined) void navigate({ to: '/tasks/$taskId', params: { taskId: answer.taskId } });
      if (action === 'trash') void navigate({ to: '/tasks', search: lastList() });
    });

  return (
    <header>
      <LinkAnchor to="/tasks" search={lastList()} size="sm" c="dimmed">
        <Group component="span" gap={4} display="inline-flex">
          <IconArrowLeft size={15} aria-hidden />
          {t('list.title')}
        </Group>
      </LinkAnchor>
      <Group justify="space-between" gap="sm" mt={6}>
        <Group gap={10}>
          <TaskName task={task} />
          <span role="status">
            <StatusBadge status={task.status} stalled={task.stalled} lastSeenAt={task.lastSeenAt} size="lg" />
          </span>
          <SharedBadge task={task} />
          {task.attempt > 1 && (
            <Badge variant="default" tt="none" radius="sm">
              {t('task.attempt', { number: task.attempt })}
            </Badge>
          )}
          <TaskTags task={task} />
        </Group>
        <Group gap="xs">
          {ACTIONS.filter((action) => actions.includes(action)).map((action) => {
            const ActionIcon = ACTION_ICONS[action];
            return (
              <Button
                key={action}
                size="sm"
                variant="default"
                disabled={busy}
                leftSection={<ActionIcon size={16} aria-hidden />}
                onClick={() => act(action)}
              >
                {t(`task.action.${action}`)}
              </Button>
            );
          })}
          <ConfigExport taskId={taskId} />
          <CopyLink />
          <ShareButton task={task} />
          {(task.status === 'SUCCESS' || task.status === 'FAILED') && (
            <LinkButton
              to="/analytics/$section"
              params={{ section: 'recommendations' }}
              search={{ modelName: [task.modelName], present: taskId }}
              size="sm"
              variant="default"
              leftSection={<IconBulb size={16} aria-hidden />}
            >
              {t('task.action.tryNext')}
            </LinkButton>
          )}
          {actions.includes('clone') && (
            <LinkButton to="/tasks/$taskId/clone" params={{ taskId }} size="sm" leftSection={<IconCopy size={16} aria-hidden />}>
              {t('task.action.clone')}
            </LinkButton>
          )}
        </Group>
      </Group>
    </header>
  );
}
