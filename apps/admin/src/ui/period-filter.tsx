import { Button, Divider, Popover, Stack, Text } from '@mantine/core';
import { IconCalendar, IconCheck } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PERIODS, type Period, type PeriodName } from './period.js';
import { useFormat } from './use-format.js';

/** The calendar is loaded when somebody wants a range of their own. */
const RangeCalendar = lazy(async () => ({ default: (await import('./range-calendar.js')).RangeCalendar }));

/** A button that says which time range a list is narrowed to, and offers others. */
export function PeriodFilter({ value, onChange }: { value: Period; onChange: (value: Period) => void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const label = usePeriodLabel();
  const pick = (next: Period) => {
    onChange(next);
    setOpened(false);
  };
  const any = value.last === undefined && value.from === undefined && value.to === undefined;

  return (
    <Popover position="bottom-start" trapFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconCalendar size={15} aria-hidden />} onClick={() => setOpened(!opened)}>{label(value) ?? t('period.any')}</Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <Stack gap={2}>
          <Choice label={t('period.any')} chosen={any} onPick={() => pick({})} />
          {(Object.keys(PERIODS) as PeriodName[]).map((last) => (
            <Choice key={last} label={label({ last }) ?? ''} chosen={value.last === last} onPick={() => pick({ last })} />
          ))}
          <Divider my={4} />
          <Text size="xs" c="dimmed" fw={600} px={8}>{t('period.custom')}</Text>
          <Suspense fallback={<div style={{ width: 252, height: 268 }} />}>
            <RangeCalendar from={value.from} to={value.to} onPick={(from, to) => pick({ from, to })} />
          </Suspense>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Choice({ label, chosen, onPick }: { label: string; chosen: boolean; onPick: () => void }) {
  return <Button variant="subtle" color="gray" size="xs" justify="space-between" c="var(--mantine-color-text)" fw={500} aria-pressed={chosen} onClick={onPick} rightSection={chosen ? <IconCheck size={14} aria-hidden /> : null}>{label}</Button>;
}

/** A time range in words; `null` when there is none. */
export function usePeriodLabel(): (value: Period) => string | null {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ last, from: begin, to: end }) => {
    if (last === '24h') return t('period.lastHours', { count: 24 });
    if (last !== undefined) return t('period.lastDays', { count: PERIODS[last] });
    const from = begin === undefined ? null : format.time(begin);
    const to = end === undefined ? null : format.time(end);
    if (from !== null && to !== null) return `${from} – ${to}`;
    if (from !== null) return t('period.since', { from });
    return to === null ? null : t('period.until', { to });
  };
}
