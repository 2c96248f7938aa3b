import { Button, Divider, Popover, Stack, Text } from '@mantine/core';
import { IconCalendar, IconCheck } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import type { FilterProps } from './filter-bar.js';
import { TIME_PRESETS, type ListSearch, type TimePreset } from './list-search.js';

/** The calendar is loaded when somebody wants a range of their own. */
const RangeCalendar = lazy(async () => ({ default: (await import('./range-calendar.js')).RangeCalendar }));

export function TimeFilter({ search, onChange }: FilterProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const label = useTimeLabel();
  const pick = (change: Pick<ListSearch, 'created' | 'createdFrom' | 'createdTo'>) => {
    onChange({ created: undefined, createdFrom: undefined, createdTo: undefined, ...change });
    setOpened(false);
  };
  const any = search.created === undefined && search.createdFrom === undefined && search.createdTo === undefined;

  return (
    <Popover position="bottom-start" trapFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconCalendar size={15} aria-hidden />} onClick={() => setOpened(!opened)}>{label(search) ?? t('list.filter.anyTime')}</Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <Stack gap={2}>
          <Preset label={t('list.filter.anyTime')} chosen={any} onPick={() => pick({})} />
          {(Object.keys(TIME_PRESETS) as TimePreset[]).map((preset) => (
            <Preset key={preset} label={label({ created: preset }) ?? ''} chosen={search.created === preset} onPick={() => pick({ created: preset })} />
          ))}
          <Divider my={4} />
          <Text size="xs" c="dimmed" fw={600} px={8}>{t('list.filter.customRange')}</Text>
          <Suspense fallback={<div style={{ width: 252, height: 268 }} />}>
            <RangeCalendar from={search.createdFrom} to={search.createdTo} onPick={(createdFrom, createdTo) => pick({ createdFrom, createdTo })} />
          </Suspense>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Preset({ label, chosen, onPick }: { label: string; chosen: boolean; onPick: () => void }) {
  return <Button variant="subtle" color="gray" size="xs" justify="space-between" c="var(--mantine-color-text)" fw={500} aria-pressed={chosen} onClick={onPick} rightSection={chosen ? <IconCheck size={14} aria-hidden /> : null}>{label}</Button>;
}

/** The chosen time range in words; `null` when there is none. */
export function useTimeLabel(): (search: Pick<ListSearch, 'created' | 'createdFrom' | 'createdTo'>) => string | null {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ created, createdFrom, createdTo }) => {
    if (created === '24h') return t('list.filter.lastHours', { count: 24 });
    if (created !== undefined) return t('list.filter.lastDays', { count: TIME_PRESETS[created] });
    const from = createdFrom === undefined ? null : format.time(createdFrom);
    const to = createdTo === undefined ? null : format.time(createdTo);
    if (from !== null && to !== null) return `${from} – ${to}`;
    if (from !== null) return t('list.filter.since', { from });
    return to === null ? null : t('list.filter.until', { to });
  };
}
