import type { CostRow, Costs } from '@lora-ledger/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import type { AnalyticsSearch } from '../analytics-search.js';
import { bucketName } from '../buckets.js';
import { GRID, legend, nameAxis, rowAxes, rowAxis, valueAxis } from '../chart/axes.js';
import { ChartCard } from '../chart/chart-card.js';
import { useInk } from '../chart/ink.js';
import { tooltipElement, type TooltipLine } from '../chart/tooltip.js';
import { useTasksBehind } from '../section.js';

/** A chart of more people or models than this is no chart; the table has them all. */
const MOST_BARS = 30;
const ROW = 30;

/** GPU hours of each, with the part that went into failures; the cost stands beside it. */
export function CostBars({ search, answer: { by, rows, total } }: { search: AnalyticsSearch; answer: Costs }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const ink = useInk();
  const { behind, open } = useTasksBehind(search);
  const isOverTime = by === 'week';
  const drawn = useMemo(() => (isOverTime ? rows : rows.slice(0, MOST_BARS)), [rows, isOverTime]);
  const nameOf = useMemo(
    () =>
      ({ key }: CostRow) =>
        isOverTime ? bucketName(key, 'week', i18n.language) : key,
    [isOverTime, i18n.language],
  );
  const hours = useMemo(() => (value: number) => format.value(Number(value.toPrecision(3))), [format]);
  const money = useMemo(
    () => (cost: number | null) => (cost === null ? t('value.none') : format.value(Number(cost.toFixed(2)))),
    [format, t],
  );
  const option = useMemo(() => {
    const [names, values] = [drawn.map(nameOf), valueAxis(hours, ink)];
    const axes = isOverTime
      ? { xAxis: nameAxis(names, ink), yAxis: values }
      : {
          xAxis: values,
          yAxis:
            total.cost === null
              ? rowAxis(names, ink)
              : rowAxes(
                  names,
                  drawn.map(({ cost }) => money(cost)),
                  ink,
                ),
        };
    const bar = (name: string, color: string, read: (row: CostRow) => number) => ({
      type: 'bar',
      stack: 'hours',
      name,
      color,
      barMaxWidth: 26,
      cursor: 'pointer',
      data: drawn.map(read),
    });
    return {
      ...axes,
      grid: { ...GRID, right: 20 },
      legend: legend(ink),
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        formatter: ([first]: { dataIndex: number }[]) => {
          const row = drawn[first?.dataIndex ?? -1];
          if (row === undefined) return '';
          const lines: TooltipLine[] = [
            [t('analytics.overview.gpuHours'), hours(row.gpuHours)],
            [t('analytics.cost.failedHours'), hours(row.failedGpuHours)],
            [t('analytics.overview.cost'), money(row.cost)],
            [t('analytics.tasks'), format.count(row.tasks)],
          ];
          return tooltipElement(nameOf(row), lines, t('analytics.chart.click'));
        },
      },
      series: [
        bar(t('analytics.cost.otherHours'), ink.main, (row) => row.gpuHours - row.failedGpuHours),
        bar(t('analytics.cost.failedHours'), ink.states.FAILED, ({ failedGpuHours }) => failedGpuHours),
      ],
    };
  }, [drawn, nameOf, isOverTime, total.cost, hours, money, format, ink, t]);
  const title = t(`analytics.cost.by.${by}`);
  return (
    <ChartCard
      title={title}
      fileName={`cost-by-${by}`}
      height={isOverTime ? 300 : Math.max(160, 76 + ROW * drawn.length)}
      option={option}
      description={t('analytics.cost.text', { count: rows.length })}
      lead={t('analytics.cost.total', { hours: hours(total.gpuHours), failed: hours(total.failedGpuHours), cost: money(total.cost) })}
      onPick={({ index }) => open(drawn[index] && behind(drawn[index].filter))}
      figures={{
        name: t(`analytics.cost.per.${by}`),
        columns: [t('analytics.tasks'), t('analytics.overview.gpuHours'), t('analytics.cost.failedHours'), t('analytics.overview.cost')],
        rows: rows.map((row) => ({
          key: row.key,
          name: nameOf(row),
          tasks: behind(row.filter),
          figures: [
            { raw: row.tasks, shown: format.count(row.tasks) },
            { raw: row.gpuHours, shown: hours(row.gpuHours) },
            { raw: row.failedGpuHours, shown: hours(row.failedGpuHours) },
            { raw: row.cost, shown: money(row.cost) },
          ],
        })),
      }}
    />
  );
}
