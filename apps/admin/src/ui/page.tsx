import { Group, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import css from './page.module.css';

interface PageProps {
  title: string;
  /** Beside the title. */
  actions?: ReactNode;
  lead?: ReactNode;
  /** `full`: the page fills the window and its content scrolls by itself. */
  height?: 'full' | 'auto';
  children: ReactNode;
}

/** The head of a page and the place for the rest. */
export function Page({ title, actions, lead, height = 'auto', children }: PageProps) {
  const { t } = useTranslation();
  useDocumentTitle(`${title} · ${t('product')}`);
  return (
    <div className={css.page} data-height={height}>
      <header>
        <Group justify="space-between" wrap="nowrap" gap="sm">
          {/* Room for six Chinese characters, the most that a heading of ours has: they may break between any two. */}
          <Title order={1} fz={22} lh={1.3} miw="6em">
            {title}
          </Title>
          {actions}
        </Group>
        {lead}
      </header>
      {children}
    </div>
  );
}
