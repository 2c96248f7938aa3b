import { Center, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LinkButton } from './links.js';

/** For what does not exist, or not for this person: the two must look the same. */
export function NothingHere() {
  const { t } = useTranslation();
  return (
    <Center mih="70vh" p="md">
      <Stack align="center" gap="sm" maw={440} ta="center">
        <Title order={1} fz={24}>
          {t('notFound.title')}
        </Title>
        <Text c="dimmed">{t('notFound.text')}</Text>
        <LinkButton to="/tasks" variant="light" mt="sm">
          {t('action.back')}
        </LinkButton>
      </Stack>
    </Center>
  );
}
