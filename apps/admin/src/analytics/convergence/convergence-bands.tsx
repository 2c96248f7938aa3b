import type { Convergence, ConvergenceGroup } from '@lora-ledger/contracts';
import type { CustomSeriesOption } from 'echarts/charts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import type { AnalyticsSearch } from '../analytics-search.js';
import { GRID, legend, valueAxis } from '../chart/axes.js';
import { ChartCard } from '../chart/chart-card.js';
import { orderedColors, useInk } from '../chart/ink.js';
import { tooltipElement } from '../chart/tooltip.js';
import { useTasksBehind } from '../section.js';
import { useWords } from '../words.js';
import { finalMedian } from './final-median.js';

/** The middle run of each group, and between which values half of its runs lie. */
export function ConvergenceBands({ search, answer: { groups, by, metric } }: { search: AnalyticsSearch; answer: Convergence }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const ink = useInk();
  const { behind, open } = useTasksBehind(search);
  const colors = useMemo(() => orderedColors(groups.length), [groups.length]);
  const option = useMemo(() => {
    const names = groups.map(({ value }) => words.value(value));
    return {
      grid: { ...GRID, bottom: 26 }, legend: legend(ink),
      xAxis: { ...valueAxis(format.percent, ink), min: 0, max: 1, name: t('analytics.convergence.progress'), nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: ink.dimmed } },
      yAxis: { ...valueAxis((value) => format.value(Number(value.toPrecision(4))), ink), scale: true, max: ceiling(groups) },
      tooltip: {
        trigger: 'axis',
        formatter: (marks: { seriesIndex: number; dataIndex: number }[]) => {
          const at = marks[0]?.dataIndex ?? 0;
          const lines = groups.flatMap(({ median, runs }, index): [string, string][] => (median[at] == null ? [] : [[`${names[index]} (${t('analytics.n', { n: format.count(runs[at] ?? 0) })})`, format.loss(median[at])]]));
          return tooltipElement(`${format.percent(groups[0]?.x[at] ?? 0)} · ${t('analytics.convergence.median')}`, lines);
        },
      },
      series: [
        ...groups.map(({ x, median }, index) => ({
          type: 'line', name: names[index], color: colors[index], showSymbol: false, triggerLineEvent: true, lineStyle: { width: 2 }, emphasis: { focus: 'series' }, z: 4, data: x.map((place, at) => [place, median[at]]),
        })),
        ...groups.map((group, index) => band(group, names[index] ?? '', colors[index] ?? ink.main)),
      ],
    };
  }, [groups, colors, words, format, ink, t]);
  const names = { by: words.parameter(by), metric };
  return (
    <ChartCard
      title={t('analytics.convergence.title', names)} fileName={`convergence-by-${by}`} height={400} option={option} description={t('analytics.convergence.text', { ...names, count: groups.length })} lead={t('analytics.convergence.lead')}
      onPick={({ series }) => { const group = groups[series % groups.length]; open(group && behind(group.filter, { status: ['SUCCESS', 'FAILED'] })); }}
      figures={{
        name: words.parameter(by), columns: [t('analytics.runs'), ...[0, 0.25, 0.5, 0.75, 1].map((place) => t('analytics.convergence.at', { place: format.percent(place) }))],
        rows: groups.map((group) => ({
          key: words.value(group.value), name: words.value(group.value), tasks: behind(group.filter),
          figures: [{ raw: group.n, shown: format.count(group.n) }, ...[0, 0.25, 0.5, 0.75, 1].map((place) => {
            const value = place === 1 ? finalMedian(group) : group.median[Math.round(place * (group.x.length - 1))] ?? null;
            return { raw: value, shown: format.loss(value) };
          })],
        })),
      }}
    />
  );
}

/** Between the quartiles, as a filled shape; where there are none, it has a gap. */
function band({ x, q1, q3 }: ConvergenceGroup, name: string, color: string): CustomSeriesOption {
  return {
    type: 'custom', name, silent: true, z: 2, color, data: [[0]], clip: true, tooltip: { show: false },
    renderItem: (_params, api) => {
      const shapes: { low: number[][]; high: number[][] }[] = [];
      let isOpen = false;
      x.forEach((place, index) => {
        const [low, high] = [q1[index], q3[index]];
        if (low == null || high == null) {
          isOpen = false;
          return;
        }
        if (!isOpen) shapes.push({ low: [], high: [] });
        isOpen = true;
        shapes.at(-1)?.low.push(api.coord([place, low]));
        shapes.at(-1)?.high.push(api.coord([place, high]));
      });
      return { type: 'group', children: shapes.map(({ low, high }) => ({ type: 'polygon' as const, shape: { points: [...low, ...high.reverse()] as [number, number][] }, style: { fill: color, opacity: 0.14 } })) };
    },
  };
}

/** A group that diverges must not press the others to the ground: the axis ends where three times the highest start lies. */
function ceiling(groups: readonly ConvergenceGroup[]): number | undefined {
  const starts = groups.flatMap(({ q3 }) => q3[0] ?? []);
  const most = Math.max(...groups.flatMap(({ q3 }) => q3.filter((value): value is number => value !== null)));
  const limit = 3 * Math.max(...starts);
  return starts.length > 0 && limit > 0 && most > limit ? Number(limit.toPrecision(2)) : undefined;
}
