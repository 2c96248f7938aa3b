import type { Bucket } from '@lora-ledger/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import type { AnalyticsSearch, TaskFilter } from '../analytics-search.js';
import { bucketName } from '../buckets.js';
import { useBucketDays, useTasksBehind } from '../section.js';
import { countAxis, GRID, legend, nameAxis } from './axes.js';
import { ChartCard } from './chart-card.js';
import type { Figure } from './figures.js';
import { useInk } from './ink.js';
import { tooltipElement } from './tooltip.js';

/** One kind of task in the bars. */
export interface Stack {
  name: string;
  color: string;
  /** How many, in the order of the bars. */
  counts: readonly number[];
  /** What selects them in the list, beside the days. */
  filter: TaskFilter;
}

interface StackedOverTimeProps {
  search: AnalyticsSearch;
  title: string;
  description: string;
  fileName: string;
  height: number;
  bucket: Bucket;
  /** The bars by when they begin, oldest first. */
  series: readonly { from: string }[];
  /** From the ground up. */
  stacks: readonly Stack[];
  /** What selects the tasks of a whole bar, beside the days. */
  filter?: TaskFilter;
  /** A further column of the table. */
  more?: { name: string; figures: readonly Figure[] };
}

/** How many tasks of each kind there were, by when they were submitted. */
export function StackedOverTime({ search, series, bucket, stacks, filter = {}, more, ...card }: StackedOverTimeProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const ink = useInk();
  const { behind, open } = useTasksBehind(search);
  const names = useMemo(() => series.map(({ from }) => bucketName(from, bucket, i18n.language)), [series, bucket, i18n.language]);
  const option = useMemo(
    () => ({
      grid: GRID,
      legend: legend(ink),
      xAxis: nameAxis(names, ink),
      yAxis: countAxis(format.count, ink),
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        formatter: ([first]: { dataIndex: number }[]) => {
          const at = first?.dataIndex ?? 0;
          return tooltipElement(
            names[at] ?? '',
            stacks.flatMap(({ name, counts }) => ((counts[at] ?? 0) > 0 ? [[name, format.count(counts[at] ?? 0)] as const] : [])),
            t('analytics.chart.click'),
          );
        },
      },
      series: stacks.map(({ name, color, counts }) => ({
        type: 'bar',
        stack: 'all',
        name,
        color,
        barMaxWidth: 34,
        barCategoryGap: '22%',
        emphasis: { focus: 'series' },
        data: [...counts],
      })),
    }),
    [stacks, names, ink, format, t],
  );
  const days = useBucketDays(series, search);
  return (
    <ChartCard
      {...card}
      option={option}
      onPick={({ series: stacked, index }) => open(behind({}, { ...days(index), ...filter, ...stacks[stacked]?.filter }))}
      figures={{
        name: t(`analytics.bucket.${bucket}`),
        columns: [...stacks.map(({ name }) => name), ...(more === undefined ? [] : [more.name])],
        rows: series.map(({ from }, index) => ({
          key: from,
          name: names[index] ?? '',
          tasks: behind({}, { ...days(index), ...filter }),
          figures: [
            ...stacks.map(({ counts }) => ({ raw: counts[index] ?? 0, shown: format.count(counts[index] ?? 0) })),
            ...(more?.figures.slice(index, index + 1) ?? []),
          ],
        })),
      }}
    />
  );
}
