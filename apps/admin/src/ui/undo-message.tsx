import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';

/** Long enough to read, to think, and to reach the button. */
const UNDO_MS = 10_000;
const READ_MS = 4_000;

/** Says that something was done, and for a while offers to take it back. Works on after the page it was done on is gone. */
export function tellDone(t: TFunction, message: string, undo?: () => void): void {
  const id = notifications.show({
    color: 'teal',
    autoClose: undo === undefined ? READ_MS : UNDO_MS,
    closeButtonProps: { 'aria-label': t('action.close') },
    message:
      undo === undefined ? (
        message
      ) : (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{message}</Text>
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              notifications.hide(id);
              undo();
            }}
          >
            {t('action.undo')}
          </Button>
        </Group>
      ),
  });
}
