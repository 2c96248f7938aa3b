import { Alert, Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/problem.js';
import { useUser } from '../api/session.js';
import { Card } from '../ui/card.js';
import { passwordProblem } from '../ui/new-password.js';
import { NewPasswordInput } from '../ui/new-password-input.js';
import { problemText } from '../ui/problem-text.js';
import { useTell } from '../ui/use-tell.js';
import { useChangePassword } from './queries.js';

/** The server says by this rule that the present password was not right; it is told at its field. */
const WRONG_PASSWORD = 'wrongPassword';

export function PasswordCard() {
  const { t } = useTranslation();
  const { username } = useUser();
  const change = useChangePassword();
  const tell = useTell();
  const form = useForm({
    mode: 'controlled',
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (value) => (value === '' ? t('personal.password.currentRule') : null),
      newPassword: (value) => passwordProblem(t, value, username),
    },
  });
  const submit = form.onSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        form.reset();
        tell.done(t('personal.password.done'));
      },
      onError: (error) => {
        if (isWrongPassword(error)) form.setFieldError('currentPassword', t('rule.wrongPassword'));
      },
    }),
  );

  return (
    <Card title={t('personal.password.title')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {change.isError && !isWrongPassword(change.error) && (
            <Alert icon={<IconAlertCircle />} color="red" variant="light" role="alert">
              {problemText(t, change.error)}
            </Alert>
          )}
          {/* Password managers find the account by it. */}
          <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
          <PasswordInput
            label={t('personal.password.current')}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
            {...form.getInputProps('currentPassword')}
          />
          <NewPasswordInput
            label={t('personal.password.new')}
            username={username}
            value={form.values.newPassword}
            error={form.errors['newPassword']}
            onChange={(value) => form.setFieldValue('newPassword', value)}
          />
          <Group justify="space-between" gap="sm">
            <Text size="xs" c="dimmed" flex={1} miw={200}>
              {t('personal.password.consequence')}
            </Text>
            <Button type="submit" loading={change.isPending}>
              {t('personal.password.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof ApiProblem && error.errors.some(({ rule }) => rule === WRONG_PASSWORD);
}
