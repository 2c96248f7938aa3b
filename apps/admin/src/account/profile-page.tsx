import { Badge, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUser } from '../api/session.js';
import { Card } from '../ui/card.js';
import { Time } from '../ui/time.js';
import { AccountPage } from './account-page.js';
import css from './account-page.module.css';
import { PasswordCard } from './password-card.js';
import { PreferencesCard } from './preferences-card.js';

/** Who one is here, how one likes it, and the password. */
export function ProfilePage() {
  const { t } = useTranslation();
  return (
    <AccountPage title={t('personal.profile.title')}>
      <div className={css.cards}>
        <Stack gap="md">
          <IdentityCard />
          <PasswordCard />
        </Stack>
        <PreferencesCard />
      </div>
    </AccountPage>
  );
}

function IdentityCard() {
  const { t } = useTranslation();
  const user = useUser();
  return (
    <Card title={t('personal.profile.who')}>
      <dl className={css.facts}>
        <dt>{t('personal.profile.username')}</dt>
        <dd>{user.username}</dd>
        <dt>{t('personal.profile.displayName')}</dt>
        <dd>{user.displayName ?? t('value.none')}</dd>
        <dt>{t('personal.profile.email')}</dt>
        <dd>{user.email ?? t('value.none')}</dd>
        <dt>{t('personal.profile.role')}</dt>
        <dd>
          <Badge variant="default" tt="none" radius="sm" fw={600}>
            {t(`account.${user.role}`)}
          </Badge>
        </dd>
        <dt>{t('personal.profile.created')}</dt>
        <dd>
          <Time at={user.createdAt} />
        </dd>
        <dt>{t('personal.profile.lastLogin')}</dt>
        <dd>
          <Time at={user.lastLoginAt} />
        </dd>
      </dl>
      {user.role === 'member' && (
        <Text size="xs" c="dimmed" mt="md">
          {t('personal.profile.changedByAdmin')}
        </Text>
      )}
    </Card>
  );
}
