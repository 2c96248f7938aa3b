import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemText } from '../ui/problem-text.js';

/** What is shown instead of a page that threw while it was loaded or drawn. */
export function CrashPage({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <Center mih="70vh" p="md">
      <Stack align="center" gap="sm" maw={440} ta="center" role="alert">
        <Title order={1} fz={24}>
          {t('crash.title')}
        </Title>
        <Text c="dimmed">{problemText(t, error)}</Text>
        <Text c="dimmed" size="sm">
          {t('crash.text')}
        </Text>
        <Button variant="light" mt="sm" onClick={() => window.location.reload()}>
          {t('crash.reload')}
        </Button>
      </Stack>
    </Center>
  );
}
