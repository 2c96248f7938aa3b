import { ActionIcon, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKeyboard } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../ui/shortcuts.js';

const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.js')).KeysDialog }));

/** The button and the key that open the help on keys. */
export function KeysHelp() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  useShortcuts([['shift+?', open]]);
  return (
    <>
      <Tooltip label={t('list.keys.open')}>
        <ActionIcon variant="default" size={30} visibleFrom="xs" aria-label={t('list.keys.open')} onClick={open}><IconKeyboard size={17} aria-hidden /></ActionIcon>
      </Tooltip>
      {opened && <Suspense><KeysDialog onClose={close} /></Suspense>}
    </>
  );
}
