import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { randomId } from '../../ui/random-id.js';

const UNDO_MS = 10_000;

/** Messages about drafts that offer a way back or on. */
export function useTellOfDrafts(): { removed: (title: string, undo: () => void) => void; queued: (name: string, taskId: string) => void } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const show = (text: string, label: string, act: () => void): void => {
    const id = randomId();
    notifications.show({
      id,
      color: 'teal',
      autoClose: UNDO_MS,
      closeButtonProps: { 'aria-label': t('action.close') },
      message: (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{text}</Text>
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              notifications.hide(id);
              act();
            }}
          >
            {label}
          </Button>
        </Group>
      ),
    });
  };
  return {
    removed: (title, undo) => show(t('form.drafts.removed', { name: title }), t('action.undo'), undo),
    queued: (name, taskId) =>
      show(t('form.drafts.queued', { name }), t('form.drafts.open'), () => void navigate({ to: '/tasks/$taskId', params: { taskId } })),
  };
}
