import { Button, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';
import { useKeyHelp, type KeyHelp } from './key-help.js';
import { takesText } from './shortcuts.js';

/** Long enough to read, to think, and to reach the button. */
const UNDO_MS = 10_000;
const READ_MS = 4_000;
const HELP: readonly KeyHelp[] = [{ name: 'undo', keys: ['Ctrl/⌘ Z'] }];

/** What the messages on the screen offer to take back, the newest last. */
const offers = new Map<string, () => void>();

/** Says that something was done, and for a while offers to take it back. Works on after the page it was done on is gone. */
export function tellDone(t: TFunction, message: string, undo?: () => void): void {
  const takeBack = (): void => {
    notifications.hide(id);
    undo?.();
  };
  const id = notifications.show({
    color: 'teal',
    autoClose: undo === undefined ? READ_MS : UNDO_MS,
    closeButtonProps: { 'aria-label': t('action.close') },
    onClose: () => offers.delete(id),
    message:
      undo === undefined ? (
        message
      ) : (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{message}</Text>
          <Button size="compact-sm" variant="light" aria-keyshortcuts="Control+Z Meta+Z" onClick={takeBack}>
            {t('action.undo')}
          </Button>
        </Group>
      ),
  });
  if (undo !== undefined) offers.set(id, takeBack);
}

/** Takes back from wherever the focus is what the newest message offers to: its button is far from the rows, and soon gone. */
export function UndoKey() {
  useKeyHelp(HELP);
  useHotkeys(
    [
      [
        'mod+Z',
        (event) => {
          const takeBack = [...offers.values()].at(-1);
          if (takeBack === undefined || takesText(event.target)) return;
          event.preventDefault();
          takeBack();
        },
        { preventDefault: false },
      ],
    ],
    [],
  );
  return null;
}
