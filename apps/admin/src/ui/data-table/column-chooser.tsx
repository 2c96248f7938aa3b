import { Box, Button, Checkbox, Group, Popover, Stack, Text } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './column.js';
import { toggled } from './table-layout.js';
import type { KeptLayout } from './use-table-layout.js';

interface ColumnChooserProps {
  columns: readonly Column<never>[];
  layout: KeptLayout['layout'];
  setLayout: KeptLayout['setLayout'];
  onReset: () => void;
  borrowed?: KeptLayout['borrowed'];
  /** Ways to further columns. */
  children?: ReactNode;
}

/** Which columns a list shows; order and width are changed at the headers themselves. */
export function ColumnChooser({ columns, layout, setLayout, onReset, borrowed = null, children }: ColumnChooserProps) {
  const { t } = useTranslation();
  const dropdown = useRef<HTMLDivElement>(null);
  /** The buttons go away with what they do: whoever pressed them stays where they were. */
  const decide = (how: () => void) => () => {
    how();
    dropdown.current?.focus();
  };
  const toggle = (id: string) => setLayout((before) => ({ ...before, hidden: toggled(before.hidden, id) }));
  const numeric = columns.filter((column) => column.number !== undefined).map(({ id }) => id);
  const shadesAll = numeric.length > 0 && numeric.every((id) => layout.shaded.includes(id));
  const byId = new Map(columns.map((column) => [column.id, column]));

  return (
    <Popover position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Button variant={borrowed === null ? 'default' : 'light'} size="xs" leftSection={<IconColumns3 size={16} aria-hidden />}>
          {t('table.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown ref={dropdown} p="xs">
        {borrowed !== null && (
          <Box pb="xs" px={4}>
            <Text size="xs" c="dimmed">
              {t('table.borrowed')}
            </Text>
            <Group gap={4} mt={4}>
              <Button variant="light" size="compact-xs" onClick={decide(borrowed.giveBack)}>
                {t('table.ownColumns')}
              </Button>
              <Button variant="subtle" size="compact-xs" onClick={decide(borrowed.keep)}>
                {t('table.keepColumns')}
              </Button>
            </Group>
          </Box>
        )}
        <div style={{ maxHeight: 'min(300px, 35dvh)', overflowY: 'auto' }}>
          <Stack gap={8} p={4}>
            {layout.order
              .flatMap((id) => byId.get(id) ?? [])
              .map(({ id, title, required }) => (
                <Checkbox
                  key={id}
                  size="xs"
                  label={title}
                  checked={!layout.hidden.includes(id)}
                  disabled={required}
                  onChange={() => toggle(id)}
                />
              ))}
          </Stack>
        </div>
        {children}
        <Group justify="space-between" mt="xs" gap="xs">
          {numeric.length > 0 && (
            <Checkbox
              size="xs"
              label={t('table.shadeAll')}
              checked={shadesAll}
              onChange={() => setLayout((before) => ({ ...before, shaded: shadesAll ? [] : numeric }))}
            />
          )}
          <Button variant="subtle" size="compact-xs" onClick={onReset}>
            {t('table.resetColumns')}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
