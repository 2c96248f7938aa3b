import { Box, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../ui/logo.js';
import { PreferencesButton } from '../ui/preferences-button.js';
import css from './auth-frame.module.css';

/** The page around sign-in and set-up: one card, and language and colours within reach. */
export function AuthFrame({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  const { t } = useTranslation();
  useDocumentTitle(`${title} · ${t('product')}`);
  return (
    <Box className={css.page}>
      <header className={css.header}>
        <PreferencesButton />
      </header>
      <main className={css.main}>
        <Stack gap="lg" w="100%" maw={420}>
          <Logo size={34} />
          <Paper withBorder radius="lg" p={{ base: 'lg', xs: 32 }} className={css.card}>
            <Stack gap="lg">
              <div>
                <Title order={1} fz={24}>
                  {title}
                </Title>
                <Text c="dimmed" size="sm" mt={6}>
                  {lead}
                </Text>
              </div>
              {children}
            </Stack>
          </Paper>
        </Stack>
      </main>
    </Box>
  );
}
