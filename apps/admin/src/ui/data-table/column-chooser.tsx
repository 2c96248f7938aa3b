import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Column } from './column.js';
import type { TableLayout } from './table-layout.js';

interface ColumnChooserProps {
  columns: readonly Column<never>[];
  layout: TableLayout;
  setLayout: (change: (layout: TableLayout) => TableLayout) => void;
  onReset: () => void;
}

/** Which columns a list shows; order and width are changed at the headers themselves. */
export function ColumnChooser({ columns, layout, setLayout, onReset }: ColumnChooserProps) {
  const { t } = useTranslation();
  const toggle = (id: string) => setLayout((before) => ({
    ...before, hidden: before.hidden.includes(id) ? before.hidden.filter((other) => other !== id) : [...before.hidden, id],
  }));
  const byId = new Map(columns.map((column) => [column.id, column]));

  return (
    <Popover position="bottom-end" width={220} trapFocus>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconColumns3 size={16} aria-hidden />}>{t('table.columns')}</Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <div style={{ maxHeight: 360, overflowY: 'auto' }}>
          <Stack gap={8} p={4}>
            {layout.order.flatMap((id) => byId.get(id) ?? []).map(({ id, title, required }) => (
              <Checkbox key={id} size="xs" label={title} checked={!layout.hidden.includes(id)} disabled={required} onChange={() => toggle(id)} />
            ))}
          </Stack>
        </div>
        <Button variant="subtle" size="compact-xs" mt="xs" onClick={onReset}>{t('table.resetColumns')}</Button>
      </Popover.Dropdown>
    </Popover>
  );
}
