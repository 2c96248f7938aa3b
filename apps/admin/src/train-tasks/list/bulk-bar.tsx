import { Button, CloseButton, Group, Kbd, Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/links.js';
import { useShortcuts, useShortcutsEnabled } from '../../ui/shortcuts.js';
import { useFormat } from '../../ui/use-format.js';
import { ACTION_ICONS } from '../action-look.js';
import { ACTION_WORDS } from '../use-bulk-commands.js';
import type { SelectionAction, SelectionActions } from '../use-selection-actions.js';
import { BulkTags } from './bulk-tags.js';
import css from './task-list.module.css';

const ACTIONS = ['cancel', 'retry', 'delete', 'restore'] as const;
/** The keys that do the same (see `use-list-keys.ts`). */
const KEYS: Partial<Record<SelectionAction | 'compare', string>> = { delete: 'e', restore: 'r', compare: 'v' };

interface BulkBarProps {
  selection: SelectionActions;
  /** How many match, in words, for the offer to select them all. Empty where there is nothing beyond what is selected. */
  offer: string;
  onAll: () => void;
  onClear: () => void;
}

/** What can be done with the selected tasks; each button says how many of them it is about. */
export function BulkBar({ selection, offer, onAll, onClear }: BulkBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tasks, total, isAll, busy, count } = selection;
  const bar = useRef<HTMLDivElement>(null);
  useShortcuts([['a', 'actions', () => bar.current?.querySelector<HTMLElement>('button')?.focus()]]);
  const said = isAll
    ? t('bulk.allSelected', { formatted: total === undefined ? offer : format.count(total) })
    : t('list.selected', { count: tasks.length });

  return (
    <Group ref={bar} className={css.bulk} gap="xs" role="toolbar" aria-label={said}>
      <Text size="sm" fw={600} mr={4} role="status">
        {said}
      </Text>
      {!isAll && offer !== '' && (
        <Button size="compact-xs" variant="subtle" onClick={onAll}>
          {t('bulk.all', { formatted: offer })}
        </Button>
      )}
      {ACTIONS.filter((action) => count(action) > 0).map((action) => {
        const ActionIcon = ACTION_ICONS[ACTION_WORDS[action]];
        return (
          <Button
            key={action}
            size="xs"
            variant="default"
            loading={busy}
            leftSection={<ActionIcon size={15} aria-hidden />}
            rightSection={<KeyOf action={action} />}
            aria-keyshortcuts={KEYS[action]}
            onClick={() => selection.act(action)}
          >
            {t('list.bulk', { action: t(`task.action.${ACTION_WORDS[action]}`), count: count(action) })}
          </Button>
        );
      })}
      {count('tag') > 0 && <BulkTags busy={busy} onApply={selection.tag} />}
      {selection.isComparable && (
        <LinkButton
          to="/compare"
          search={{ ids: tasks.map(({ taskId }) => taskId) }}
          size="xs"
          variant="default"
          leftSection={<IconArrowsDiff size={15} aria-hidden />}
          rightSection={<KeyOf action="compare" />}
          aria-keyshortcuts={KEYS.compare}
        >
          {t('bulk.compare', { count: tasks.length })}
        </LinkButton>
      )}
      <CloseButton aria-label={t('list.clearSelection')} onClick={onClear} />
    </Group>
  );
}

/** Screen readers are told by the button itself. */
function KeyOf({ action }: { action: keyof typeof KEYS }) {
  const enabled = useShortcutsEnabled();
  const key = KEYS[action];
  return enabled && key !== undefined ? (
    <Kbd size="xs" aria-hidden>
      {key}
    </Kbd>
  ) : null;
}
