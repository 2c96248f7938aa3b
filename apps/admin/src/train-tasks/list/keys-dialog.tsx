import { Group, Kbd, Modal, Stack, Switch, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { enableShortcuts, useShortcutsEnabled } from '../../ui/shortcuts.js';

const KEYS = [
  ['search', ['/']], ['move', ['j', 'k']], ['openRow', ['Enter']], ['select', ['x']], ['clone', ['c']], ['compare', ['v']], ['trash', ['e']], ['palette', ['Ctrl/⌘ K']], ['help', ['?']],
] as const;

/** What the keyboard can do in a list, and the switch that keeps single letters from doing it. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const enabled = useShortcutsEnabled();
  return (
    <Modal opened onClose={onClose} title={t('list.keys.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
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
  );
}
