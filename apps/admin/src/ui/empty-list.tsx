import { Center, Stack, Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** What stands in the place of a table that has no rows, and what to do about it. */
export function EmptyList({ Icon, title, text, children }: { Icon: Icon; title: string; text?: string; children?: ReactNode }) {
  return (
    <Center flex={1} p="xl" role="status">
      <Stack align="center" gap={6}>
        <Icon size={36} stroke={1.2} color="var(--mantine-color-dimmed)" aria-hidden />
        <Text fw={600} ta="center">
          {title}
        </Text>
        {text !== undefined && (
          <Text c="dimmed" size="sm" ta="center" maw={420}>
            {text}
          </Text>
        )}
        {children}
      </Stack>
    </Center>
  );
}
