import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Logo } from '../ui/logo.js';
import { ConnectionBanner } from './connection-banner.js';
import { MainNav } from './main-nav.js';

/** The frame of every page for signed-in people: navigation at the side, or behind a button on a phone. */
export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <AppShell navbar={{ width: 204, breakpoint: 'sm', collapsed: { mobile: !opened } }} header={{ height: { base: 52, sm: 0 } }} padding={0}>
      <a className="skip-link" href="#content">{t('nav.skip')}</a>
      <AppShell.Header hiddenFrom="sm" px="md">
        <Group h="100%" justify="space-between">
          <Logo />
          <Burger opened={opened} onClick={toggle} size="sm" aria-label={t('nav.open')} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" bg="var(--app-surface)"><MainNav onNavigate={close} /></AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <ConnectionBanner />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
