import { Button, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { IconCheck, IconChevronDown, IconCopy } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { configPreviewOptions } from '../queries.js';
import { configJson } from './parameter-groups.js';

/** All parameters onto the clipboard: as the Ledger's own request, or as the YAML of a trainer. */
export function CopyConfig({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { copy, copied } = useClipboard({ timeout: 1500 });
  const copyYaml = async () => copy((await client.fetchQuery(configPreviewOptions(task.taskId, 'lora-scripts'))).text);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          rightSection={<IconChevronDown size={12} aria-hidden />}
        >
          {copied ? t('action.copied') : t('detail.parameters.copyAll')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => copy(configJson(task))}>{t('detail.parameters.copyJson')}</Menu.Item>
        <Menu.Item onClick={() => void copyYaml()}>{t('detail.parameters.copyYaml')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
