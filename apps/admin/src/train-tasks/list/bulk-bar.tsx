import { Button, CloseButton, Group, Text } from '@mantine/core';
import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ACTION_ICONS } from '../action-look.js';
import { LinkButton } from '../../ui/links.js';
import { COMPARE_MAX, COMPARE_MIN } from '../compare/compare-search.js';
import type { DirectAction } from '../mutations.js';
import css from './task-list.module.css';

const ACTIONS: readonly DirectAction[] = ['cancel', 'retry', 'trash', 'restore'];

interface BulkBarProps {
  tasks: readonly TrainTaskSummary[];
  busy: boolean;
  onAction: (action: DirectAction) => void;
  onClear: () => void;
}

/** What can be done with the selected tasks; each button says how many of them it is about. */
export function BulkBar({ tasks, busy, onAction, onClear }: BulkBarProps) {
  const { t } = useTranslation();
  const counts = ACTIONS.map((action) => ({ action, count: tasks.filter((task) => task.actions.includes(action)).length }));
  return (
    <Group className={css.bulk} gap="xs" wrap="nowrap" role="toolbar" aria-label={t('list.selected', { count: tasks.length })}>
      <Text size="sm" fw={600} mr={4} role="status">{t('list.selected', { count: tasks.length })}</Text>
      {counts.filter(({ count }) => count > 0).map(({ action, count }) => {
        const ActionIcon = ACTION_ICONS[action];
        return (
          <Button key={action} size="xs" variant="default" disabled={busy} leftSection={<ActionIcon size={15} aria-hidden />} onClick={() => onAction(action)}>
            {t('list.bulk', { action: t(`task.action.${action}`), count })}
          </Button>
        );
      })}
      {tasks.length >= COMPARE_MIN && tasks.length <= COMPARE_MAX && (
        <LinkButton to="/compare" search={{ ids: tasks.map(({ taskId }) => taskId) }} size="xs" variant="default" leftSection={<IconArrowsDiff size={15} aria-hidden />}>{t('compare.action', { count: tasks.length })}</LinkButton>
      )}
      <CloseButton aria-label={t('list.clearSelection')} onClick={onClear} />
    </Group>
  );
}
