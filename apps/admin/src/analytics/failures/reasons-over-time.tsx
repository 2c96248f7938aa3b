import type { Failures } from '@lora-ledger/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnalyticsSearch } from '../analytics-search.js';
import { useInk } from '../chart/ink.js';
import { StackedOverTime } from '../chart/stacked-over-time.js';

/** How many failures of each reason there were, by when the task was submitted. */
export function ReasonsOverTime({ search, answer: { series, reasons, bucket } }: { search: AnalyticsSearch; answer: Failures }) {
  const { t } = useTranslation();
  const ink = useInk();
  const stacks = useMemo(
    () =>
      reasons.map(({ reason }, index) => ({
        name: t(`task.reason.${reason}`),
        color: ink.kinds[index % ink.kinds.length] ?? ink.main,
        counts: series.map(({ counts }) => counts[reason] ?? 0),
        filter: { failureReason: [reason] },
      })),
    [reasons, series, ink, t],
  );
  return (
    <StackedOverTime
      search={search}
      title={t('analytics.failures.overTime')}
      description={t('analytics.failures.overTimeText')}
      fileName="failures-over-time"
      height={280}
      bucket={bucket}
      series={series}
      stacks={stacks}
      filter={{ status: ['FAILED'] }}
    />
  );
}
