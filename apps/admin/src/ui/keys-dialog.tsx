import { Group, Kbd, Modal, Stack, Switch, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { offeredKeys } from './key-help.js';
import { enableShortcuts, useShortcutsEnabled } from './shortcuts.js';

/** What the keyboard can do on the page that is open, and the switch that keeps single letters from doing it. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const enabled = useShortcutsEnabled();
  const [offered] = useState(offeredKeys);
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack>
        <Table verticalSpacing={6}>
          <Table.Tbody>
            {offered.map(({ name, keys }) => (
              <Table.Tr key={name}>
                <Table.Td>{t(`keys.${name}`)}</Table.Td>
                <Table.Td ta="end">
                  <Group gap={6} justify="flex-end" wrap="nowrap">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Switch label={t('keys.enabled')} checked={enabled} onChange={(event) => enableShortcuts(event.currentTarget.checked)} />
      </Stack>
    </Modal>
  );
}
