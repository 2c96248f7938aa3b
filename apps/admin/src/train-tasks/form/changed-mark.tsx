import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import css from './task-form.module.css';

interface ChangedMarkProps {
  field: string;
  /** The value of the original, as text. */
  was: string;
  /** `null` where it cannot be taken back: the trainer of the original is gone. */
  onRestore: (() => void) | null;
}

/** Says what a changed field was in the original and takes the change back. */
export function ChangedMark({ field, was, onRestore }: ChangedMarkProps) {
  const { t } = useTranslation();
  return (
    <span className={css.changed}>
      <span className={css.dot} aria-hidden />
      <span className={css.was}>{t('form.clone.was', { value: was === '' ? t('form.clone.empty') : was })}</span>
      {onRestore !== null && (
        <Tooltip label={t('form.clone.restore', { field })}>
          <ActionIcon variant="subtle" size={24} aria-label={t('form.clone.restore', { field })} onClick={onRestore}>
            <IconArrowBackUp size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </span>
  );
}
