import { Button, CloseButton, Group, Text } from '@mantine/core';
import type { Selection, TrainTaskSummary } from '@lora-ledger/contracts';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/links.js';
import { useFormat } from '../../ui/use-format.js';
import { ACTION_ICONS } from '../action-look.js';
import { BULK_MAX, bulkPreviewOptions, isBulkPossible } from '../bulk.js';
import { COMPARE_MAX, COMPARE_MIN } from '../compare/compare-search.js';
import { ACTION_WORDS, useBulkCommands } from '../use-bulk-commands.js';
import { BulkTags } from './bulk-tags.js';
import css from './task-list.module.css';

const ACTIONS = ['cancel', 'retry', 'delete', 'restore'] as const;

interface BulkBarProps {
  /** The selected ones that are loaded. */
  tasks: readonly TrainTaskSummary[];
  /** Everything that matches, when all of it is selected. */
  all: Selection | null;
  /** How many match, in words, for the offer to select them all. Empty where there is nothing beyond what is selected. */
  offer: string;
  onAll: () => void;
  onClear: () => void;
}

/** What can be done with the selected tasks; each button says how many of them it is about. */
export function BulkBar({ tasks, all, offer, onAll, onClear }: BulkBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { run, busy } = useBulkCommands((taskId) => tasks.find((task) => task.taskId === taskId)?.name);
  const preview = useQuery({ ...bulkPreviewOptions(all ?? {}), enabled: all !== null });
  const here = (action: keyof typeof ACTION_WORDS) => tasks.filter((task) => task.actions.includes(ACTION_WORDS[action]));
  const counts = ACTIONS.map((action) => ({ action, count: all === null ? here(action).length : preview.data?.[action] ?? 0 }));
  const selection: Selection = all ?? { taskIds: tasks.map(({ taskId }) => taskId) };
  const taggable = all === null ? tasks.length : preview.data?.tag ?? 0;
  const said = all === null ? t('list.selected', { count: tasks.length }) : t('bulk.allSelected', { formatted: preview.data === undefined ? offer : format.count(preview.data.total) });

  return (
    <Group className={css.bulk} gap="xs" wrap="nowrap" role="toolbar" aria-label={said}>
      <Text size="sm" fw={600} mr={4} role="status">{said}</Text>
      {all === null && offer !== '' && <Button size="compact-xs" variant="subtle" onClick={onAll}>{t('bulk.all', { formatted: offer })}</Button>}
      {counts.filter(({ count }) => count > 0).map(({ action, count }) => {
        const ActionIcon = ACTION_ICONS[ACTION_WORDS[action]];
        const possible = isBulkPossible(action, count);
        const request = { ...(all ?? { taskIds: here(action).map(({ taskId }) => taskId) }), action };
        return (
          <Button
            key={action} size="xs" variant="default" loading={busy} disabled={!possible} leftSection={<ActionIcon size={15} aria-hidden />}
            title={possible ? undefined : t('bulk.tooMany', { limit: format.count(BULK_MAX) })} onClick={() => run(request, count, onClear)}
          >
            {t('list.bulk', { action: t(`task.action.${ACTION_WORDS[action]}`), count })}
          </Button>
        );
      })}
      {isBulkPossible('tag', taggable) && <BulkTags busy={busy} onApply={(addTags, removeTags) => run({ ...selection, action: 'tag', addTags, removeTags }, taggable, onClear)} />}
      {all === null && tasks.length >= COMPARE_MIN && tasks.length <= COMPARE_MAX && (
        <LinkButton to="/compare" search={{ ids: tasks.map(({ taskId }) => taskId) }} size="xs" variant="default" leftSection={<IconArrowsDiff size={15} aria-hidden />}>{t('bulk.compare', { count: tasks.length })}</LinkButton>
      )}
      <CloseButton aria-label={t('list.clearSelection')} onClick={onClear} />
    </Group>
  );
}
