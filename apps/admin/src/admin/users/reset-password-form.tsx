import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { UserDto } from '@lora-ledger/contracts';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordProblem } from '../../ui/new-password.js';
import { NewPasswordInput } from '../../ui/new-password-input.js';
import { problemText } from '../../ui/problem-text.js';
import { useChangeUser } from './queries.js';
import { nameOf } from './user-rules.js';

/** Gives somebody a new password, for when theirs is lost or in wrong hands. */
export function ResetPasswordForm({ user, onDone, onCancel }: { user: UserDto; onDone: (message: string) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const change = useChangeUser();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const complaint = passwordProblem(t, password, user.username);
    setProblem(complaint);
    if (complaint === null)
      change.mutate({ id: user.id, patch: { password } }, { onSuccess: () => onDone(t('users.done.reset', { name: nameOf(user) })) });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t('users.reset.lead')}</Text>
        {change.isError && (
          <Alert icon={<IconAlertCircle />} color="red" variant="light" role="alert">
            {problemText(t, change.error)}
          </Alert>
        )}
        <NewPasswordInput
          suggest
          label={t('users.reset.password')}
          username={user.username}
          value={password}
          error={problem}
          onChange={(value) => {
            setPassword(value);
            setProblem(null);
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('users.reset.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
