import type { Durations, HistogramBar } from '@lora-ledger/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import type { AnalyticsSearch } from '../analytics-search.js';
import { countAxis, GRID, nameAxis } from '../chart/axes.js';
import { ChartCard } from '../chart/chart-card.js';
import { useInk } from '../chart/ink.js';
import { tooltipElement } from '../chart/tooltip.js';
import { useTasksBehind } from '../section.js';

/** How durations are spread over all tasks. */
export function DurationHistogram({ search, answer: { histogram } }: { search: AnalyticsSearch; answer: Durations }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ink = useInk();
  const { behind, open } = useTasksBehind(search);
  const tasks = (bar: HistogramBar) => behind(bar.filter, search.status === undefined ? { status: ['SUCCESS'] } : {});
  const names = useMemo(
    () => histogram.map(({ from, to }) => `${format.duration(from, 1)} – ${format.duration(to, 1)}`),
    [histogram, format],
  );
  const option = useMemo(
    () => ({
      grid: { ...GRID, top: 12 },
      xAxis: nameAxis(names, ink),
      yAxis: countAxis(format.count, ink),
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        formatter: ([first]: { dataIndex: number }[]) =>
          tooltipElement(
            names[first?.dataIndex ?? 0] ?? '',
            [[t('analytics.tasks'), format.count(histogram[first?.dataIndex ?? 0]?.count ?? 0)]],
            t('analytics.chart.click'),
          ),
      },
      series: [
        {
          type: 'bar',
          color: ink.main,
          barCategoryGap: '12%',
          cursor: 'pointer',
          itemStyle: { borderRadius: [3, 3, 0, 0] },
          data: histogram.map(({ count }) => count),
        },
      ],
    }),
    [histogram, names, format, ink, t],
  );
  return (
    <ChartCard
      title={t('analytics.durations.spread')}
      fileName="durations"
      height={230}
      option={option}
      description={t('analytics.durations.spreadText')}
      onPick={({ index }) => open(histogram[index] && tasks(histogram[index]))}
      figures={{
        name: t('analytics.durations.duration'),
        columns: [t('analytics.tasks')],
        rows: histogram.map((bar, index) => ({
          key: String(bar.from),
          name: names[index] ?? '',
          tasks: tasks(bar),
          figures: [{ raw: bar.count, shown: format.count(bar.count) }],
        })),
      }}
    />
  );
}
