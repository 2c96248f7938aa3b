import { Button, Divider, Popover, Stack, Text } from '@mantine/core';
import { IconCalendar, IconCheck } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PERIODS, wholeDays, type Period, type PeriodName } from './period.js';
import { useFormat } from './use-format.js';

/** The calendar is loaded when somebody wants a range of their own. */
const RangeCalendar = lazy(async () => ({ default: (await import('./range-calendar.js')).RangeCalendar }));

/** A button that says which time range a list is narrowed to, and offers others. */
export function PeriodFilter({ value, onChange }: { value: Period; onChange: (value: Period) => void }) {
  const { t } = useTranslation();
  const label = usePeriodLabel();
  return (
    <PeriodButton label={label(value) ?? t('period.any')}>
      {(close) => (
        <PeriodChoices
          value={value}
          onPick={(next) => {
            onChange(next);
            close();
          }}
        />
      )}
    </PeriodButton>
  );
}

/** The button alone, with what `children` draw below it. */
export function PeriodButton({ label, children }: { label: string; children: (close: () => void) => ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover position="bottom-start" trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconCalendar size={15} aria-hidden />} onClick={() => setOpened(!opened)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs" mah="calc(100dvh - 16px)" style={{ overflowY: 'auto' }}>
        <Stack gap={2}>{children(() => setOpened(false))}</Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Moving ranges, and one of one's own. */
export function PeriodChoices({ value, onPick }: { value: Period; onPick: (value: Period) => void }) {
  const { t } = useTranslation();
  const label = usePeriodLabel();
  const any = value.last === undefined && value.from === undefined && value.to === undefined;
  return (
    <>
      <Choice label={t('period.any')} chosen={any} onPick={() => onPick({})} />
      {(Object.keys(PERIODS) as PeriodName[]).map((last) => (
        <Choice key={last} label={label({ last }) ?? ''} chosen={value.last === last} onPick={() => onPick({ last })} />
      ))}
      <Divider my={4} />
      <Text size="xs" c="dimmed" fw={600} px={8}>
        {t('period.custom')}
      </Text>
      <Suspense fallback={<div style={{ width: 252, height: 420 }} />}>
        <RangeCalendar from={value.from} to={value.to} onPick={onPick} />
      </Suspense>
    </>
  );
}

function Choice({ label, chosen, onPick }: { label: string; chosen: boolean; onPick: () => void }) {
  return (
    <Button
      variant="subtle"
      color="gray"
      size="xs"
      flex="none"
      justify="space-between"
      c="var(--mantine-color-text)"
      fw={500}
      aria-pressed={chosen}
      onClick={onPick}
      rightSection={chosen ? <IconCheck size={14} aria-hidden /> : null}
    >
      {label}
    </Button>
  );
}

/** A time range in words, whole days without their hours; `null` when there is none. */
export function usePeriodLabel(): (value: Period) => string | null {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ last, from: begin, to: end }) => {
    if (last === '24h') return t('period.lastHours', { count: 24 });
    if (last !== undefined) return t('period.lastDays', { count: PERIODS[last] });
    const days = wholeDays({ from: begin, to: end });
    const word = days === null ? format.time : format.day;
    const [first, until] = days === null ? [begin, end] : [days.first, days.last];
    const [from, to] = [first === undefined ? null : word(first), until === undefined ? null : word(until)];
    if (from !== null && to !== null) return from === to ? from : `${from} – ${to}`;
    if (from !== null) return t('period.since', { from });
    return to === null ? null : t('period.until', { to });
  };
}
