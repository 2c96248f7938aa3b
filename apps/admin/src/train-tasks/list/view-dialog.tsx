import { Alert, Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import type { SavedView } from '@lora-ledger/contracts';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../ui/problem-text.js';
import { useTell } from '../../ui/use-tell.js';
import { useSaveView } from './views.js';

const NAME_MAX = 100;

/** A view to be saved for the first time has no id yet. */
export type EditedView = Omit<SavedView, 'id' | 'owner'> & { id?: string };

/** Asks for the name of a view and who is to see it. */
export function ViewDialog({ view, onClose }: { view: EditedView; onClose: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const save = useSaveView();
  const [name, setName] = useState(view.name);
  const [everyone, setEveryone] = useState(view.audience === 'everyone');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    const { id, page, query } = view;
    save.mutate(
      { id, page, query, name: name.trim(), audience: everyone ? 'everyone' : 'mine' },
      {
        onSuccess: () => {
          tell.done(t('views.saved', { name: name.trim() }));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(view.id === undefined ? 'views.saveThis' : 'views.change')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            data-autofocus
            label={t('views.name')}
            value={name}
            maxLength={NAME_MAX}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Checkbox
            label={t('views.forEveryone')}
            description={t('views.forEveryoneText')}
            checked={everyone}
            onChange={(event) => setEveryone(event.currentTarget.checked)}
          />
          {save.error !== null && (
            <Alert color="red" variant="light" role="alert">
              {problemText(t, save.error)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {t('views.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
