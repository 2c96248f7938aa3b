import { ActionIcon, Tooltip } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { callKeysHelp } from './keys-help.js';

/** A way to the help on keys for those who do not know its key. */
export function KeysButton() {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('keys.open')}>
      <ActionIcon variant="default" size={30} visibleFrom="xs" aria-label={t('keys.open')} onClick={callKeysHelp}>
        <IconKeyboard size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
