import { Alert, Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Role, UserDto } from '@lora-ledger/contracts';
import { isUsername } from '@lora-ledger/contracts/account-rules';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { passwordProblem } from '../../ui/new-password.js';
import { NewPasswordInput } from '../../ui/new-password-input.js';
import { fieldErrors, problemText } from '../../ui/problem-text.js';
import { useChangeUser, useCreateUser } from './queries.js';
import { isEmail, nameOf } from './user-rules.js';

interface UserFormProps {
  /** `null`: a new one. */
  user: UserDto | null;
  /** Must stay an admin. */
  lastAdmin: boolean;
  onDone: (message: string) => void;
  onCancel: () => void;
}

const ROLES: readonly Role[] = ['member', 'admin'];

/** Creates somebody or changes what is known of them. */
export function UserForm({ user, lastAdmin, onDone, onCancel }: UserFormProps) {
  const { t } = useTranslation();
  const create = useCreateUser();
  const change = useChangeUser();
  const form = useForm({
    mode: 'controlled',
    initialValues: {
      username: user?.username ?? '',
      displayName: user?.displayName ?? '',
      email: user?.email ?? '',
      role: user?.role ?? 'member',
      password: '',
    },
    validateInputOnBlur: ['username', 'email'],
    validate: {
      username: (value) => (user !== null || isUsername(value.trim()) ? null : t('users.form.usernameRule')),
      email: (value) => (value.trim() === '' || isEmail(value.trim()) ? null : t('users.form.emailRule')),
      password: (value, { username }) => (user === null ? passwordProblem(t, value, username.trim()) : null),
    },
  });
  const { error, isPending } = user === null ? create : change;

  const submit = form.onSubmit(({ username, displayName, email, role, password }) => {
    const shared = { role, displayName: displayName.trim() || null, email: email.trim() || null };
    const onError = (problem: Error) => form.setErrors(fieldErrors(t, problem));
    if (user === null)
      create.mutate(
        { username: username.trim(), password, ...shared },
        { onError, onSuccess: (created) => onDone(t('users.created', { name: created === undefined ? username : nameOf(created) })) },
      );
    else change.mutate({ id: user.id, patch: shared }, { onError, onSuccess: () => onDone(t('users.saved')) });
  });
  const optional = (
    <Text span size="xs" c="dimmed" fw={400}>
      {' '}
      {t('users.form.optional')}
    </Text>
  );

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {error !== null && (
          <Alert icon={<IconAlertCircle />} color="red" variant="light" role="alert">
            {problemText(t, error)}
          </Alert>
        )}
        {user === null && (
          <TextInput
            label={t('users.form.username')}
            description={t('users.form.usernameHint')}
            autoComplete="off"
            data-autofocus
            {...form.getInputProps('username')}
          />
        )}
        <TextInput
          label={
            <>
              {t('users.form.displayName')}
              {optional}
            </>
          }
          autoComplete="off"
          maxLength={200}
          {...form.getInputProps('displayName')}
        />
        <TextInput
          label={
            <>
              {t('users.form.email')}
              {optional}
            </>
          }
          type="email"
          autoComplete="off"
          maxLength={320}
          {...form.getInputProps('email')}
        />
        <Radio.Group
          label={t('users.form.role')}
          description={lastAdmin ? t('users.form.lastAdmin') : undefined}
          {...form.getInputProps('role')}
        >
          <Stack gap={8} mt={8}>
            {ROLES.map((role) => (
              <Radio
                key={role}
                value={role}
                disabled={lastAdmin}
                label={t(`account.${role}`)}
                description={t(`users.form.roleText.${role}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {user === null && (
          <NewPasswordInput
            suggest
            label={t('users.form.password')}
            description={t('users.form.passwordHint')}
            username={form.values.username.trim()}
            value={form.values.password}
            error={form.errors['password']}
            onChange={(password) => form.setFieldValue('password', password)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {user === null ? t('users.form.createSubmit') : t('users.form.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
