import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface CopyButtonProps {
  text: string;
  /** What is copied, for screen readers and the tooltip. */
  label: string;
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const { t } = useTranslation();
  const { copy, copied } = useClipboard({ timeout: 1500 });
  return (
    <Tooltip label={copied ? t('action.copied') : label}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={copied ? t('action.copied') : label} onClick={() => copy(text)}>
        {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
