import '@mantine/dates/styles.css';
import 'dayjs/locale/zh-cn';
import { Button, Stack, TextInput } from '@mantine/core';
import { DatePicker, DatesProvider } from '@mantine/dates';
import dayjs from 'dayjs';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldTime, readPeriod, type Period } from './period.js';

interface RangeCalendarProps {
  from: string | undefined;
  to: string | undefined;
  /** The first moment and the first one after the last, as ISO-8601 UTC. */
  onPick: (range: Period) => void;
}

/** A range of whole days from the calendar, or one to the minute from two fields; both in the person's own time zone. */
export function RangeCalendar({ from, to, onPick }: RangeCalendarProps) {
  const { t, i18n } = useTranslation();
  const [range, setRange] = useState<[string | null, string | null]>([
    from === undefined ? null : dayjs(from).format('YYYY-MM-DD'),
    to === undefined ? null : dayjs(to).subtract(1, 'millisecond').format('YYYY-MM-DD'),
  ]);
  const change = (next: [string | null, string | null]): void => {
    setRange(next);
    const [first, last] = next;
    if (first !== null && last !== null)
      onPick({ from: dayjs(first).startOf('day').toISOString(), to: dayjs(last).add(1, 'day').startOf('day').toISOString() });
  };
  return (
    <>
      {/* Days of other months and weekends would be too pale or too red to read. */}
      <DatesProvider settings={{ locale: i18n.language === 'zh' ? 'zh-cn' : 'en', firstDayOfWeek: 1, weekendDays: [] }}>
        <DatePicker
          type="range"
          size="xs"
          allowSingleDateInRange
          hideOutsideDates
          defaultDate={range[0] ?? undefined}
          value={range}
          onChange={change}
          ariaLabels={{
            monthLevelControl: t('period.chooseMonth'),
            yearLevelControl: t('period.chooseYear'),
            previousMonth: t('period.previousMonth'),
            nextMonth: t('period.nextMonth'),
            previousYear: t('period.previousYear'),
            nextYear: t('period.nextYear'),
            previousDecade: t('period.previousDecade'),
            nextDecade: t('period.nextDecade'),
          }}
        />
      </DatesProvider>
      <RangeFields from={from} to={to} onPick={onPick} />
    </>
  );
}

function RangeFields({ from: begin, to: end, onPick }: RangeCalendarProps) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(fieldTime(begin));
  const [to, setTo] = useState(fieldTime(end));
  const range = readPeriod(from, to);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (range !== 'wrongWay') onPick(range);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap={6} mt={4}>
        <TextInput
          type="datetime-local"
          size="xs"
          max="9999-12-31T23:59"
          label={t('period.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          size="xs"
          max="9999-12-31T23:59"
          label={t('period.to')}
          value={to}
          error={range === 'wrongWay' ? t('period.wrongWay') : undefined}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" disabled={range === 'wrongWay' || (from === '' && to === '')}>
          {t('period.apply')}
        </Button>
      </Stack>
    </form>
  );
}
