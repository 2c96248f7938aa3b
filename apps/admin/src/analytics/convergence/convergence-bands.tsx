import { useMediaQuery } from '@mantine/hooks';
import type { Convergence, ConvergenceGroup } from '@lora-ledger/contracts';
import { TOO_FEW } from '@lora-ledger/training';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { OUTCOMES, type AnalyticsSearch } from '../analytics-search.js';
import { GRID, valueAxis } from '../chart/axes.js';
import { ChartCard } from '../chart/chart-card.js';
import { orderedColors, useInk } from '../chart/ink.js';
import { tooltipElement } from '../chart/tooltip.js';
import { useTasksBehind } from '../section.js';
import { useWords } from '../words.js';
import { band, ceiling, ground } from './band.js';
import { finalMedian } from './final-median.js';
import { GroupLegend } from './group-legend.js';
import { mainGroups } from './main-groups.js';

/** Room for the names at the ends of the lines, pixels; longer ones are cut. A phone has no room for them. */
const NAMES = 112;

/** The middle run of each group, and between which values half of its runs lie: of the most telling groups first, of others when they are asked for. */
export function ConvergenceBands({ search, answer: { groups, by, metric } }: { search: AnalyticsSearch; answer: Convergence }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const ink = useInk();
  const { behind, open } = useTasksBehind(search);
  const tasks = (group: ConvergenceGroup) => behind(group.filter, { status: OUTCOMES });
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const [shown, setShown] = useState<ReadonlySet<number>>(() => new Set(mainGroups(groups)));
  const [focused, setFocused] = useState<number | null>(null);
  const names = useMemo(() => groups.map(({ value }) => words.value(value)), [groups, words]);
  const colors = useMemo(() => {
    const hasOrder = groups.some(({ value }) => typeof value === 'number' || (typeof value === 'object' && value !== null));
    return hasOrder || groups.length > ink.kinds.length
      ? orderedColors(groups.length, ink)
      : groups.map((_group, index) => ink.kinds[index] ?? ink.main);
  }, [groups, ink]);
  const drawn = useMemo(
    () =>
      groups
        .map((group, index) => ({ group, name: names[index] ?? '', color: colors[index] ?? ink.main, index }))
        .filter(({ index }) => shown.has(index)),
    [groups, names, colors, shown, ink],
  );
  const option = useMemo(() => {
    const progress = valueAxis(format.percent, ink);
    const fades = (index: number): boolean => focused !== null && focused !== index;
    return {
      grid: { ...GRID, top: 12, bottom: 26, right: isNarrow ? 20 : NAMES + 8 },
      // The last mark ends where the axis does: names of lines that end low stand beside it.
      xAxis: {
        ...progress,
        axisLabel: { ...progress.axisLabel, alignMaxLabel: 'right' as const },
        min: 0,
        max: 1,
        name: t('analytics.convergence.progress'),
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { color: ink.dimmed },
      },
      yAxis: {
        ...valueAxis((value) => format.value(Number(value.toPrecision(4))), ink),
        scale: true,
        min: ground(drawn.map(({ group }) => group)),
        max: ceiling(drawn.map(({ group }) => group)),
      },
      tooltip: {
        trigger: 'axis',
        formatter: (marks: { dataIndex: number }[]) => {
          const at = marks[0]?.dataIndex ?? 0;
          const lines = drawn.flatMap(({ group: { median, runs }, name }): [string, string][] =>
            median[at] == null ? [] : [[`${name} (${words.count(runs[at] ?? 0)})`, format.loss(median[at])]],
          );
          return tooltipElement(`${format.percent(groups[0]?.x[at] ?? 0)} · ${t('analytics.convergence.median')}`, lines);
        },
      },
      series: [
        ...drawn.map(({ group: { x, median, n }, name, color, index }) => ({
          type: 'line',
          name,
          color,
          showSymbol: false,
          triggerLineEvent: true,
          z: fades(index) ? 3 : 4,
          lineStyle: { type: n < TOO_FEW ? 'dashed' : 'solid', width: focused === index ? 3 : 2, opacity: fades(index) ? 0.2 : 1 },
          endLabel: {
            show: !isNarrow,
            color: ink.text,
            opacity: fades(index) ? 0.3 : 1,
            fontSize: 12,
            width: NAMES,
            overflow: 'truncate',
            formatter: '{a}',
          },
          labelLayout: { moveOverlap: 'shiftY' },
          data: x.map((place, at) => [place, median[at]]),
        })),
        ...drawn.map(({ group, color, index }) => band(group, color, fades(index) ? 0.03 : focused === index ? 0.28 : 0.14)),
      ],
    };
  }, [groups, drawn, focused, isNarrow, words, format, ink, t]);
  const toggle = (index: number): void => {
    const next = new Set(shown);
    if (!next.delete(index)) next.add(index);
    if (next.size > 0) setShown(next);
    setFocused(next.has(index) ? index : null);
  };
  const titles = { by: words.parameter(by), metric };
  return (
    <ChartCard
      title={t('analytics.convergence.title', titles)}
      fileName={`convergence-by-${by}`}
      height={400}
      option={option}
      description={t('analytics.convergence.text', { ...titles, count: drawn.length })}
      lead={t('analytics.convergence.lead')}
      legend={
        <GroupLegend
          label={t('analytics.convergence.shown', { by: words.parameter(by) })}
          focused={focused}
          onFocus={setFocused}
          onToggle={toggle}
          entries={groups.map(({ n }, index) => ({
            name: names[index] ?? '',
            note: words.count(n),
            color: colors[index] ?? ink.main,
            isShown: shown.has(index),
          }))}
        />
      }
      onPick={({ series }) => {
        const group = drawn[series % drawn.length]?.group;
        open(group && tasks(group));
      }}
      figures={{
        name: words.parameter(by),
        columns: [
          t('analytics.runs'),
          ...[0, 0.25, 0.5, 0.75, 1].map((place) => t('analytics.convergence.at', { place: format.percent(place) })),
        ],
        rows: groups.map((group, index) => ({
          key: names[index] ?? '',
          name: names[index] ?? '',
          tasks: tasks(group),
          figures: [
            { raw: group.n, shown: words.from(group.n, format.count(group.n)) },
            ...[0, 0.25, 0.5, 0.75, 1].map((place) => {
              const value = place === 1 ? finalMedian(group) : (group.median[Math.round(place * (group.x.length - 1))] ?? null);
              return { raw: value, shown: format.loss(value) };
            }),
          ],
        })),
      }}
    />
  );
}
