import type { Failures } from '@lora-ledger/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import type { AnalyticsSearch } from '../analytics-search.js';
import { bucketName } from '../buckets.js';
import { countAxis, GRID, legend, nameAxis } from '../chart/axes.js';
import { ChartCard } from '../chart/chart-card.js';
import { useInk } from '../chart/ink.js';
import { tooltipElement } from '../chart/tooltip.js';
import { useBucketDays, useTasksBehind } from '../section.js';

/** How many failures of each reason there were, by when the task was submitted. */
export function ReasonsOverTime({ search, answer: { series, reasons, bucket } }: { search: AnalyticsSearch; answer: Failures }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const ink = useInk();
  const { behind, open } = useTasksBehind(search);
  const names = useMemo(() => series.map(({ from }) => bucketName(from, bucket, i18n.language)), [series, bucket, i18n.language]);
  const option = useMemo(() => ({
    grid: GRID, legend: legend(ink), xAxis: nameAxis(names, ink), yAxis: countAxis(format.count, ink),
    tooltip: {
      trigger: 'axis', axisPointer: { type: 'shadow' },
      formatter: ([first]: { dataIndex: number }[]) => {
        const counts = series[first?.dataIndex ?? -1]?.counts ?? {};
        return tooltipElement(names[first?.dataIndex ?? 0] ?? '', reasons.flatMap(({ reason }) => (counts[reason] === undefined ? [] : [[t(`task.reason.${reason}`), format.count(counts[reason])] as const])), t('analytics.chart.click'));
      },
    },
    series: reasons.map(({ reason }, index) => ({
      type: 'bar', stack: 'all', name: t(`task.reason.${reason}`), color: ink.kinds[index % ink.kinds.length], barMaxWidth: 34, barCategoryGap: '22%', emphasis: { focus: 'series' }, data: series.map(({ counts }) => counts[reason] ?? 0),
    })),
  }), [series, reasons, names, format, ink, t]);
  const days = useBucketDays(series, search);
  return (
    <ChartCard
      title={t('analytics.failures.overTime')} fileName="failures-over-time" height={280} option={option} description={t('analytics.failures.overTimeText')}
      onPick={({ series: stacked, index }) => open(behind({}, { ...days(index), status: ['FAILED'], ...(reasons[stacked] === undefined ? {} : { failureReason: [reasons[stacked].reason] }) }))}
      figures={{
        name: t(`analytics.bucket.${bucket}`), columns: reasons.map(({ reason }) => t(`task.reason.${reason}`)),
        rows: series.map(({ from, counts }, index) => ({
          key: from, name: names[index] ?? '', tasks: behind({}, { ...days(index), status: ['FAILED'] }), figures: reasons.map(({ reason }) => ({ raw: counts[reason] ?? 0, shown: format.count(counts[reason] ?? 0) })),
        })),
      }}
    />
  );
}
