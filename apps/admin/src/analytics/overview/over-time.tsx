import type { Overview, SeriesPoint } from '@lora-ledger/contracts';
import { successRate, type TaskStatus } from '@lora-ledger/training';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { OUTCOMES, type AnalyticsSearch } from '../analytics-search.js';
import { bucketName } from '../buckets.js';
import { GRID, nameAxis, valueAxis } from '../chart/axes.js';
import { ChartCard } from '../chart/chart-card.js';
import { useInk } from '../chart/ink.js';
import { StackedOverTime } from '../chart/stacked-over-time.js';
import { tooltipElement } from '../chart/tooltip.js';
import { whiskers } from '../chart/whiskers.js';
import { useBucketDays, useTasksBehind } from '../section.js';
import { useWords } from '../words.js';

interface OverTimeProps {
  search: AnalyticsSearch;
  answer: Overview;
}

const COUNTS: Record<TaskStatus, keyof SeriesPoint & ('pending' | 'running' | 'success' | 'failed' | 'cancelled')> = {
  PENDING: 'pending',
  RUNNING: 'running',
  SUCCESS: 'success',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
};
/** What went well lies at the ground, so that it can be compared from day to day. */
const STACKED: readonly TaskStatus[] = ['SUCCESS', 'FAILED', 'CANCELLED', 'RUNNING', 'PENDING'];

/** How many tasks of each state there are, by when they were submitted. */
export function StatesOverTime({ search, answer: { series, bucket } }: OverTimeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const ink = useInk();
  const stacks = useMemo(
    () =>
      STACKED.map((status) => ({
        name: t(`task.status.${status}`),
        color: ink.states[status],
        counts: series.map((point) => point[COUNTS[status]]),
        filter: { status: [status] },
      })),
    [series, ink, t],
  );
  return (
    <StackedOverTime
      search={search}
      title={t('analytics.overview.states')}
      description={t('analytics.overview.statesText', { count: series.length, bucket: t(`analytics.bucket.${bucket}`) })}
      fileName="tasks-over-time"
      height={300}
      bucket={bucket}
      series={series}
      stacks={stacks}
      more={{
        name: t('analytics.overview.gpuHours'),
        figures: series.map(({ gpuHours }) => ({ raw: gpuHours, shown: format.value(Number(gpuHours.toPrecision(3))) })),
      }}
    />
  );
}

/** How often it went well, over time, with how sure that is. */
export function RateOverTime({ search, answer: { series, bucket } }: OverTimeProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const ink = useInk();
  const { behind, open } = useTasksBehind(search);
  const rates = useMemo(() => series.map(({ success, failed }) => successRate(success, failed)), [series]);
  const names = useMemo(() => series.map(({ from }) => bucketName(from, bucket, i18n.language)), [series, bucket, i18n.language]);
  const option = useMemo(
    () => ({
      grid: { ...GRID, top: 14 },
      xAxis: nameAxis(names, ink),
      yAxis: { ...valueAxis(format.percent, ink), min: 0, max: 1 },
      tooltip: {
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const rate = rates[dataIndex];
          return rate === undefined
            ? ''
            : tooltipElement(
                names[dataIndex] ?? '',
                [
                  [t('analytics.rate'), words.rate(rate.rate)],
                  [t('analytics.interval95'), words.interval(rate)],
                  [t('analytics.outcomes'), format.count(rate.n)],
                ],
                rate.tooFew ? t('analytics.tooFew') : t('analytics.chart.click'),
              );
        },
      },
      series: [
        {
          type: 'line',
          connectNulls: true,
          symbol: 'circle',
          symbolSize: 8,
          showAllSymbol: true,
          color: ink.main,
          lineStyle: { width: 1.5 },
          data: rates.map(({ rate, tooFew }) => ({
            value: rate,
            itemStyle: tooFew ? { color: ink.surface, borderColor: ink.main, borderWidth: 1.5 } : {},
          })),
        },
        whiskers(
          rates.flatMap(({ n, low, high }, index) => (n === 0 ? [] : [[index, low, high] as const])),
          ink.dimmed,
          'vertical',
        ),
      ],
    }),
    [rates, names, ink, format, words, t],
  );
  const days = useBucketDays(series, search);
  const tasks = (index: number) => behind({}, { ...days(index), status: OUTCOMES });
  return (
    <ChartCard
      title={t('analytics.overview.rateOverTime')}
      fileName="success-rate-over-time"
      height={240}
      option={option}
      description={t('analytics.overview.rateText')}
      onPick={({ index }) => open(tasks(index))}
      figures={{
        name: t(`analytics.bucket.${bucket}`),
        columns: [t('analytics.rate'), t('analytics.interval95'), t('analytics.outcomes')],
        rows: rates.map((rate, index) => ({
          key: names[index] ?? '',
          name: names[index] ?? '',
          tasks: tasks(index),
          figures: [
            { raw: rate.rate, shown: words.rate(rate.rate) },
            { raw: `${rate.low}..${rate.high}`, shown: rate.n === 0 ? t('value.none') : words.interval(rate) },
            { raw: rate.n, shown: format.count(rate.n) },
          ],
        })),
      }}
    />
  );
}
