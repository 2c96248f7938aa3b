import { Alert, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertCircle, IconInfoCircle, IconLogin2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isSignedOut } from '../api/problem.js';
import { authStatusOptions } from '../api/session.js';
import { LinkAnchor } from '../ui/links.js';
import { problemText } from '../ui/problem-text.js';
import { AuthFrame } from './auth-frame.js';
import { singleSignOnUrl } from './auth-search.js';
import { useSignIn } from './queries.js';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { t } = useTranslation();
  const { next, expired, sso } = route.useSearch();
  const router = useRouter();
  const signIn = useSignIn();
  const { data: status } = useQuery(authStatusOptions);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate({ username, password }, { onSuccess: () => router.history.push(next ?? '/tasks') });
  };

  return (
    <AuthFrame title={t('auth.signIn.title')} lead={t('auth.signIn.lead')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {expired && !signIn.isError && (
            <Alert icon={<IconInfoCircle />} variant="light">
              {t('auth.signIn.expired')}
            </Alert>
          )}
          {sso !== undefined && !signIn.isError && (
            <Alert icon={<IconAlertCircle />} color="red" variant="light" role="alert">
              {t(`auth.signIn.sso.${sso}`)}
            </Alert>
          )}
          {status?.setupRequired && (
            <Alert icon={<IconInfoCircle />} variant="light">
              <Text size="sm">
                {t('auth.signIn.setupHint')}{' '}
                <LinkAnchor to="/setup" inherit underline="always">
                  {t('auth.signIn.setupLink')}
                </LinkAnchor>
                .
              </Text>
            </Alert>
          )}
          {signIn.isError && (
            <Alert icon={<IconAlertCircle />} color="red" variant="light" role="alert">
              {isSignedOut(signIn.error) ? t('auth.signIn.wrong') : problemText(t, signIn.error)}
            </Alert>
          )}
          <TextInput
            label={t('auth.signIn.username')}
            name="username"
            autoComplete="username"
            autoFocus
            required
            withAsterisk={false}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <PasswordInput
            visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
            label={t('auth.signIn.password')}
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth mt={4} loading={signIn.isPending}>
            {t('auth.signIn.submit')}
          </Button>
          {status?.singleSignOn != null && (
            <>
              <Divider label={t('auth.signIn.or')} />
              <Button
                component="a"
                href={singleSignOnUrl(next)}
                variant="default"
                fullWidth
                leftSection={<IconLogin2 size={16} aria-hidden />}
              >
                {t('auth.signIn.singleSignOn', { provider: status.singleSignOn })}
              </Button>
            </>
          )}
        </Stack>
      </form>
    </AuthFrame>
  );
}
