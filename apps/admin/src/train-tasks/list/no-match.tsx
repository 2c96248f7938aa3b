import { Button, Center, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <Center flex={1} p="xl" role="status">
      <Stack align="center" gap={6}>
        <Text fw={600}>{t('list.noMatch.title')}</Text>
        <Text c="dimmed" size="sm">
          {t('list.noMatch.text')}
        </Text>
        <Button mt="sm" size="xs" variant="light" onClick={onClear}>
          {t('list.noMatch.clear')}
        </Button>
      </Stack>
    </Center>
  );
}
