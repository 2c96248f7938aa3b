import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WordsEdit } from './use-words-edit.js';
import css from './words.module.css';

/** Under a text that is being edited: what somebody else has written meanwhile, and how to save or give up. */
export function WordsFoot({ edit, hint }: { edit: WordsEdit; hint: string }) {
  const { t } = useTranslation();
  const { theirs } = edit;
  return (
    <div className={css.foot}>
      <div role="status" style={{ display: 'contents' }}>
        {theirs !== null && (
          <div className={css.meanwhile}>
            {t(theirs === '' ? 'detail.words.meanwhileEmpty' : 'detail.words.meanwhile')}
            <div className={css.theirs} tabIndex={0}>
              {theirs}
            </div>
            <Button size="compact-xs" variant="default" onClick={edit.takeTheirs}>
              {t('detail.words.takeTheirs')}
            </Button>
          </div>
        )}
      </div>
      <Button size="xs" loading={edit.isSaving} onClick={edit.save}>
        {t(theirs === null ? 'detail.words.save' : 'detail.words.saveMine')}
      </Button>
      <Button size="xs" variant="default" onClick={edit.giveUp}>
        {t('action.cancel')}
      </Button>
      <Text size="xs" c="dimmed" visibleFrom="xs">
        {hint}
      </Text>
    </div>
  );
}
