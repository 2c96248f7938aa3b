import '@mantine/dates/styles.css';
import 'dayjs/locale/zh-cn';
import { DatePicker, DatesProvider } from '@mantine/dates';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface RangeCalendarProps {
  from: string | undefined;
  to: string | undefined;
  /** The first moment of the first day and the first moment after the last, as ISO-8601 UTC. */
  onPick: (from: string, to: string) => void;
}

/** Whole days of the person's own time zone. */
export function RangeCalendar({ from, to, onPick }: RangeCalendarProps) {
  const { i18n } = useTranslation();
  const [range, setRange] = useState<[string | null, string | null]>([
    from === undefined ? null : dayjs(from).format('YYYY-MM-DD'), to === undefined ? null : dayjs(to).subtract(1, 'millisecond').format('YYYY-MM-DD'),
  ]);
  const change = (next: [string | null, string | null]): void => {
    setRange(next);
    const [first, last] = next;
    if (first !== null && last !== null) onPick(dayjs(first).startOf('day').toISOString(), dayjs(last).add(1, 'day').startOf('day').toISOString());
  };
  return (
    <DatesProvider settings={{ locale: i18n.language === 'zh' ? 'zh-cn' : 'en', firstDayOfWeek: 1 }}>
      <DatePicker type="range" size="xs" allowSingleDateInRange value={range} onChange={change} />
    </DatesProvider>
  );
}
