import { Avatar, Menu, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconKey, IconLogout, IconPlus, IconSelector, IconUserCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useUser } from '../api/session.js';
import { LinkButton } from '../ui/links.js';
import { Logo } from '../ui/logo.js';
import { PreferenceItems } from '../ui/preferences-menu.js';
import css from './main-nav.module.css';
import { CommandPalette } from './command-palette.js';
import { ADMIN_PAGES, PAGES } from './pages.js';
import { useSignOut } from './use-sign-out.js';

export function MainNav({ onNavigate }: { onNavigate: () => void }) {
  const { t } = useTranslation();
  const user = useUser();
  return (
    <Stack h="100%" gap="md" justify="space-between">
      <Stack gap="md">
        <Link to="/tasks" className={css.logo} onClick={onNavigate}>
          <Logo />
        </Link>
        <LinkButton to="/tasks/new" leftSection={<IconPlus size={16} aria-hidden />} onClick={onNavigate}>
          {t('nav.newTask')}
        </LinkButton>
        <CommandPalette onNavigate={onNavigate} />
        <nav aria-label={t('nav.label')}>
          <Stack gap={2}>
            {PAGES.map((page) => (
              <PageLink key={page.to} page={page} onNavigate={onNavigate} />
            ))}
            {user.role === 'admin' && (
              <>
                <Text size="xs" c="dimmed" fw={600} px={10} mt="md" mb={4}>
                  {t('nav.administration')}
                </Text>
                {ADMIN_PAGES.map((page) => (
                  <PageLink key={page.to} page={page} onNavigate={onNavigate} />
                ))}
              </>
            )}
          </Stack>
        </nav>
      </Stack>
      <AccountMenu onNavigate={onNavigate} />
    </Stack>
  );
}

function PageLink({ page: { to, key, Icon }, onNavigate }: { page: (typeof PAGES | typeof ADMIN_PAGES)[number]; onNavigate: () => void }) {
  const { t } = useTranslation();
  return (
    <Link to={to} className={css.link} activeOptions={{ exact: to !== '/analytics', includeSearch: false }} onClick={onNavigate}>
      <Icon size={18} stroke={1.7} aria-hidden />
      {t(`nav.${key}`)}
    </Link>
  );
}

function AccountMenu({ onNavigate }: { onNavigate: () => void }) {
  const { t } = useTranslation();
  const user = useUser();
  const signOut = useSignOut();
  const name = user.displayName ?? user.username;
  return (
    <Menu position="top-start" width={200}>
      <Menu.Target>
        <UnstyledButton className={css.account} aria-label={t('account.menu', { name })}>
          <Avatar size={30} color="ledger" name={name} />
          <span className={css.accountText}>
            <Text size="sm" fw={600} truncate>
              {name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {t(`account.${user.role}`)}
            </Text>
          </span>
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          renderRoot={(props) => <Link to="/account" onClick={onNavigate} {...props} />}
          leftSection={<IconUserCircle size={16} aria-hidden />}
        >
          {t('account.profile')}
        </Menu.Item>
        <Menu.Item
          renderRoot={(props) => <Link to="/account/tokens" onClick={onNavigate} {...props} />}
          leftSection={<IconKey size={16} aria-hidden />}
        >
          {t('account.tokens')}
        </Menu.Item>
        <Menu.Divider />
        <PreferenceItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
