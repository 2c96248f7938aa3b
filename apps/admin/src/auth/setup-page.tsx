import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { isUsername } from '@lora-ledger/contracts/account-rules';
import { IconAlertCircle, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { authStatusOptions } from '../api/session.js';
import { LinkAnchor } from '../ui/links.js';
import { passwordProblem } from '../ui/new-password.js';
import { NewPasswordInput } from '../ui/new-password-input.js';
import { fieldErrors, problemText } from '../ui/problem-text.js';
import { AuthFrame } from './auth-frame.js';
import { useSetup } from './queries.js';
import { codeFromFragment } from './setup-link.js';

export function SetupPage() {
  const { t } = useTranslation();
  const { data: status } = useQuery(authStatusOptions);
  return (
    <AuthFrame title={t('auth.setup.title')} lead={t('auth.setup.lead')}>
      {status?.setupRequired === false ? (
        <Alert icon={<IconInfoCircle />} variant="light">
          {t('auth.setup.done')}{' '}
          <LinkAnchor to="/sign-in" inherit underline="always">
            {t('auth.setup.toSignIn')}
          </LinkAnchor>
        </Alert>
      ) : (
        <SetupForm />
      )}
    </AuthFrame>
  );
}

function SetupForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const setup = useSetup();
  const form = useForm({
    mode: 'controlled',
    initialValues: { code: codeFromFragment(window.location.hash), username: '', password: '' },
    validateInputOnBlur: true,
    validate: {
      code: (value) => (value.trim() === '' ? t('auth.setup.codeRule') : null),
      username: (value) => (isUsername(value) ? null : t('auth.setup.usernameRule')),
      password: (value, { username }) => passwordProblem(t, value, username),
    },
  });

  const submit = form.onSubmit((values) =>
    setup.mutate(
      { ...values, code: values.code.trim() },
      {
        onSuccess: () => void navigate({ to: '/tasks' }),
        onError: (error) => form.setErrors(fieldErrors(t, error)),
      },
    ),
  );

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {setup.isError && (
          <Alert icon={<IconAlertCircle />} color="red" variant="light" role="alert">
            {problemText(t, setup.error)}
          </Alert>
        )}
        <TextInput label={t('auth.setup.code')} description={t('auth.setup.codeHint')} autoComplete="off" {...form.getInputProps('code')} />
        <TextInput label={t('auth.setup.username')} autoComplete="username" autoFocus {...form.getInputProps('username')} />
        <NewPasswordInput
          label={t('auth.setup.password')}
          username={form.values.username}
          value={form.values.password}
          error={form.errors['password']}
          onChange={(password) => form.setFieldValue('password', password)}
          onBlur={() => form.validateField('password')}
        />
        <Button type="submit" fullWidth mt={4} loading={setup.isPending}>
          {t('auth.setup.submit')}
        </Button>
      </Stack>
    </form>
  );
}
