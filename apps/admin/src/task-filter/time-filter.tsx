import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Period } from '../ui/period.js';
import { PeriodButton, PeriodChoices, usePeriodLabel } from '../ui/period-filter.js';
import type { FilterProps } from './filter-bar.js';
import { createdPeriod, startedPeriod } from './list-search.js';

type Moment = 'created' | 'started';

/** When a task was created, and when it was started. */
export function TimeFilter({ search, onChange }: FilterProps) {
  const { t } = useTranslation();
  const label = usePeriodLabel();
  const [created, started] = [createdPeriod(search), startedPeriod(search)];
  const [createdLabel, startedLabel] = [label(created), label(started)];
  const [chosen, choose] = useState<Moment>();
  const moment = chosen ?? (createdLabel === null && startedLabel !== null ? 'started' : 'created');
  const pick = ({ last, from, to }: Period): void => {
    onChange(
      moment === 'created' ? { created: last, createdFrom: from, createdTo: to } : { started: last, startedFrom: from, startedTo: to },
    );
  };
  const told = [
    createdLabel,
    startedLabel === null ? null : t('list.filter.is', { field: t('list.column.startTime'), value: startedLabel }),
  ].filter((one) => one !== null);
  return (
    <PeriodButton label={told.length === 0 ? t('period.any') : told.join(' · ')}>
      {(close) => (
        <>
          <SegmentedControl<Moment>
            size="xs"
            mb={4}
            aria-label={t('filters.moment')}
            value={moment}
            onChange={choose}
            data={[
              { value: 'created', label: t('list.filter.time') },
              { value: 'started', label: t('list.column.startTime') },
            ]}
          />
          <PeriodChoices
            key={moment}
            value={moment === 'created' ? created : started}
            onPick={(range) => {
              pick(range);
              close();
            }}
          />
        </>
      )}
    </PeriodButton>
  );
}
