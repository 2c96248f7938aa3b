import { ActionIcon, Button, Tooltip, UnstyledButton } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import css from './task-form.module.css';

export interface DraftTab {
  name: string;
  title: string;
  /** How many problems keep it from being handed in. */
  problems: number;
}

interface DraftStripProps {
  tabs: readonly DraftTab[];
  active: string;
  submitting: boolean;
  onSelect: (name: string) => void;
  onRemove: (name: string) => void;
  onAdd: () => void;
  onSubmitAll: () => void;
}

/** The drafts beside each other: which is shown, what each still needs, and all of them handed in at once. */
export function DraftStrip({ tabs, active, submitting, onSelect, onRemove, onAdd, onSubmitAll }: DraftStripProps) {
  const { t } = useTranslation();
  const ready = tabs.filter(({ problems }) => problems === 0).length;
  return (
    <nav className={css.tray} aria-label={t('form.drafts.label')}>
      <ul className={css.tabs}>
        {tabs.map(({ name, title, problems }) => (
          <li key={name} className={css.tab} data-active={name === active || undefined}>
            <UnstyledButton className={css.tabButton} aria-current={name === active ? 'true' : undefined} onClick={() => onSelect(name)}>
              <span className={css.tabName}>{title}</span>
              <span className={css.tabState} data-problems={problems > 0 || undefined}>
                {problems === 0 ? t('form.drafts.ready') : t('form.drafts.problems', { count: problems })}
              </span>
            </UnstyledButton>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              mx={4}
              aria-label={t('form.drafts.remove', { name: title })}
              onClick={() => onRemove(name)}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Tooltip label={t('form.drafts.add')}>
        <ActionIcon variant="default" size={34} aria-label={t('form.drafts.add')} onClick={onAdd}>
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {tabs.length > 1 && (
        <Button size="sm" variant="light" loading={submitting} disabled={ready === 0} onClick={onSubmitAll}>
          {t('form.drafts.submitAll', { count: ready })}
        </Button>
      )}
    </nav>
  );
}
