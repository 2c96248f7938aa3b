import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { TASK_STATUSES, type TaskStatus } from '@lora-ledger/training';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '../ui/status-badge.js';
import type { FilterProps } from './filter-bar.js';

export function StatusFilter({ search, onChange }: FilterProps) {
  const { t } = useTranslation();
  const chosen = search.status ?? [];
  const toggle = (status: TaskStatus) => {
    const next = TASK_STATUSES.filter((one) => (one === status ? !chosen.includes(one) : chosen.includes(one)));
    onChange({ status: next.length === 0 ? undefined : next });
  };
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <Button variant="default" size="xs" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {chosen.length === 0 ? t('list.filter.anyStatus') : chosen.map((status) => t(`task.status.${status}`)).join(', ')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <Stack gap={10} role="group" aria-label={t('list.filter.status')}>
          {TASK_STATUSES.map((status) => (
            <Checkbox
              key={status}
              size="xs"
              checked={chosen.includes(status)}
              onChange={() => toggle(status)}
              label={<StatusBadge status={status} />}
              styles={{ body: { alignItems: 'center' } }}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
