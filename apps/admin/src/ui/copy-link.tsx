import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Copies the address of the page as it stands: whoever may see what it shows sees the same. */
export function CopyLink({ size = 'sm' }: { size?: 'xs' | 'sm' }) {
  const { t } = useTranslation();
  const { copy, copied } = useClipboard({ timeout: 1500 });
  return (
    <Button
      size={size}
      variant="default"
      leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconLink size={16} aria-hidden />}
      onClick={() => copy(window.location.href)}
    >
      {copied ? t('action.copied') : t('action.copyLink')}
    </Button>
  );
}
