import type { UserDto } from '@lora-ledger/contracts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../ui/ask.js';
import { problemText } from '../../ui/problem-text.js';
import { useTell } from '../../ui/use-tell.js';
import { useChangeUser, useDeleteUser, useRestoreUser } from './queries.js';
import { nameOf, type UserAction } from './user-rules.js';

type Command = Exclude<UserAction, 'edit' | 'reset'>;

/** What takes one click: what shuts somebody out is asked about first. */
export function useUserCommands(): (command: Command, user: UserDto) => void {
  const { t } = useTranslation();
  const tell = useTell();
  const { mutate: change } = useChangeUser();
  const { mutate: remove } = useDeleteUser();
  const { mutate: restore } = useRestoreUser();

  return useCallback(
    (command, user) => {
      const name = nameOf(user);
      const outcome = {
        onSuccess: () => tell.done(t(`users.done.${command}`, { name })),
        onError: (error: Error) => tell.refused(problemText(t, error)),
      };
      const askFirst = (question: 'disableConfirm' | 'deleteConfirm', confirm: string, onConfirm: () => void) =>
        ask(t, {
          title: t(`users.${question}.title`, { name }),
          text: t(`users.${question}.text`),
          confirm,
          back: t('action.cancel'),
          isGrave: true,
          onConfirm,
        });
      switch (command) {
        case 'enable':
          change({ id: user.id, patch: { disabled: false } }, outcome);
          break;
        case 'disable':
          askFirst('disableConfirm', t('users.action.disable'), () => change({ id: user.id, patch: { disabled: true } }, outcome));
          break;
        case 'delete':
          askFirst('deleteConfirm', t('users.action.delete'), () => remove(user.id, outcome));
          break;
        case 'restore':
          restore(user.id, outcome);
          break;
      }
    },
    [t, tell, change, remove, restore],
  );
}
