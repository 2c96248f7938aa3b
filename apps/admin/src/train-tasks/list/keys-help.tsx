import { ActionIcon, Group, Kbd, Modal, Stack, Switch, Table, Tooltip } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconKeyboard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { enableShortcuts, useShortcutsEnabled } from '../../ui/shortcuts.js';

const KEYS = [
  ['search', ['/']], ['move', ['j', 'k']], ['openRow', ['Enter']], ['select', ['x']], ['clone', ['c']], ['trash', ['e']], ['help', ['?']],
] as const;

/** What the keyboard can do in a list, and the switch that keeps single letters from doing it. */
export function KeysHelp() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const enabled = useShortcutsEnabled();
  useHotkeys(enabled ? [['shift+?', open]] : [], undefined, false);
  return (
    <>
      <Tooltip label={t('list.keys.open')}>
        <ActionIcon variant="default" size={30} visibleFrom="xs" aria-label={t('list.keys.open')} onClick={open}><IconKeyboard size={17} aria-hidden /></ActionIcon>
      </Tooltip>
      <Modal opened={opened} onClose={close} title={t('list.keys.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
        <Stack>
          <Table verticalSpacing={6}>
            <Table.Tbody>
              {KEYS.map(([what, keys]) => (
                <Table.Tr key={what}>
                  <Table.Td>{t(`list.keys.${what}`)}</Table.Td>
                  <Table.Td ta="end"><Group gap={6} justify="flex-end">{keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</Group></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Switch label={t('list.keys.enabled')} checked={enabled} onChange={(event) => enableShortcuts(event.currentTarget.checked)} />
        </Stack>
      </Modal>
    </>
  );
}
