import { Button, FocusTrap, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TagField } from '../form/tag-field.js';

/** Which labels to add and which to take away; known ones are offered. */
export function TagEditor({ onApply }: { onApply: (add: string[], remove: string[]) => void }) {
  const { t } = useTranslation();
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const shared = { size: 'xs', clearable: true, comboboxProps: { withinPortal: false } } as const;
  return (
    // The one around it has looked for a field before this was loaded.
    <FocusTrap>
      <Stack gap="xs">
        <TagField {...shared} data-autofocus label={t('bulk.addTags')} value={add} onChange={setAdd} maxLength={60} />
        <TagField {...shared} label={t('bulk.removeTags')} value={remove} onChange={setRemove} />
        <Button size="xs" disabled={add.length + remove.length === 0} onClick={() => onApply(add, remove)}>
          {t('bulk.apply')}
        </Button>
      </Stack>
    </FocusTrap>
  );
}
