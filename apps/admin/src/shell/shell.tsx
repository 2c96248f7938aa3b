import { Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { KeysHelp } from '../ui/keys-help.js';
import { Logo } from '../ui/logo.js';
import { UndoKey } from '../ui/undo-message.js';
import { ConnectionBanner } from './connection-banner.js';
import { MainNav } from './main-nav.js';
import css from './shell.module.css';

/** The frame of every page for signed-in people: navigation at the side, or behind a button on a phone. */
export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <div className={css.frame}>
      <a className="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      <header className={css.header}>
        <Logo />
        <Burger opened={opened} onClick={toggle} size="sm" aria-label={t('nav.open')} aria-expanded={opened} aria-controls="navigation" />
      </header>
      <div id="navigation" className={css.navigation} data-opened={opened || undefined}>
        <MainNav onNavigate={close} />
      </div>
      <main id="content" className={css.content} tabIndex={-1}>
        <ConnectionBanner />
        <Outlet />
      </main>
      <KeysHelp />
      <UndoKey />
    </div>
  );
}
