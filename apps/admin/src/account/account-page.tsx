import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.js';
import css from './account-page.module.css';

const SECTIONS = [
  { to: '/account', key: 'profile' },
  { to: '/account/tokens', key: 'tokens' },
  { to: '/account/sessions', key: 'sessions' },
] as const;

/** The frame of the pages about oneself: what they have in common is the way from one to the other. */
export function AccountPage({
  title,
  lead,
  actions,
  height,
  children,
}: {
  title: string;
  lead?: string;
  actions?: ReactNode;
  height?: 'full' | 'auto';
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Page
      title={title}
      actions={actions}
      height={height}
      lead={
        <>
          {lead !== undefined && (
            <Text c="dimmed" size="sm" mt={2}>
              {lead}
            </Text>
          )}
          <nav aria-label={t('personal.sections')} className={css.sections}>
            {SECTIONS.map(({ to, key }) => (
              <Link key={to} to={to} className={css.section} activeOptions={{ exact: true }}>
                {t(`personal.${key}.nav`)}
              </Link>
            ))}
          </nav>
        </>
      }
    >
      {children}
    </Page>
  );
}
