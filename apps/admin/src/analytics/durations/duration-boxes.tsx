import type { DurationGroup, Durations, Percentiles } from '@lora-ledger/contracts';
import { TOO_FEW } from '@lora-ledger/training';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import type { AnalyticsSearch, FigureName } from '../analytics-search.js';
import { GRID, rowAxes, valueAxis } from '../chart/axes.js';
import { ChartCard } from '../chart/chart-card.js';
import { useInk } from '../chart/ink.js';
import { tooltipElement } from '../chart/tooltip.js';
import { secondsStep } from '../chart/seconds-step.js';
import { useTasksBehind } from '../section.js';
import { measured } from './lasted.js';
import { useWords } from '../words.js';

interface DurationBoxesProps {
  search: AnalyticsSearch;
  answer: Durations;
  figure: FigureName;
}

const ROW = 38;
const STEPS = ['p10', 'p25', 'p50', 'p75', 'p90', 'p99'] as const satisfies readonly (keyof Percentiles)[];

/** Percentiles by the value of a parameter: half of all within the box, eight of ten within the lines. */
export function DurationBoxes({ search, answer: { groups, by, overall }, figure }: DurationBoxesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const ink = useInk();
  const { behind, open } = useTasksBehind(search);
  const shown = useMemo(() => groups.filter((group) => group[figure].n > 0), [groups, figure]);
  const text = useMemo(
    () => (value: number | null) =>
      figure === 'throughput'
        ? value === null
          ? t('value.none')
          : t('analytics.durations.perSecond', { value: format.value(Number(value.toPrecision(3))) })
        : format.duration(value),
    [figure, format, t],
  );
  const tasks = (group: DurationGroup) => behind(group.filter, measured(figure, search));
  const option = useMemo(() => {
    const names = shown.map(({ value }) => words.value(value));
    const boxes = shown.map((group) =>
      [group[figure].p10, group[figure].p25, group[figure].p50, group[figure].p75, group[figure].p90].map((value) => value ?? 0),
    );
    const isWide = Math.max(...boxes.map((box) => box[4] ?? 0)) > 50 * Math.max(1e-9, Math.min(...boxes.map((box) => box[2] ?? 0)));
    const least = Math.min(...boxes.flat().filter((value) => value > 0));
    return {
      grid: { ...GRID, top: 4, right: 24 },
      xAxis: {
        ...valueAxis((value) => text(value), ink),
        ...(isWide
          ? { type: 'log', min: least / 1.5 }
          : { min: 0, ...(figure === 'throughput' ? {} : { interval: secondsStep(Math.max(...boxes.map((box) => box[4] ?? 0))) }) }),
      },
      yAxis: rowAxes(
        names,
        shown.map((group) => words.count(group[figure].n)),
        ink,
      ),
      tooltip: {
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const group = shown[dataIndex];
          if (group === undefined) return '';
          return tooltipElement(
            `${words.parameter(by)} ${names[dataIndex] ?? ''}`,
            STEPS.map((step) => [t(`analytics.durations.${step}`), text(group[figure][step])] as const),
            group[figure].n < TOO_FEW ? t('analytics.tooFew') : group.filter === null ? undefined : t('analytics.chart.click'),
          );
        },
      },
      series: [
        {
          type: 'boxplot',
          layout: 'vertical',
          boxWidth: [10, 20],
          cursor: 'pointer',
          itemStyle: { color: ink.faint, borderColor: ink.main, borderWidth: 1.5 },
          data: isWide ? boxes.map((box) => box.map((value) => Math.max(value, least / 1.5))) : boxes,
        },
      ],
    };
  }, [shown, by, figure, text, words, ink, t]);
  return (
    <ChartCard
      title={t('analytics.durations.title', { figure: t(`analytics.durations.${figure}`), by: words.parameter(by) })}
      fileName={`${figure}-by-${by}`}
      height={Math.max(140, 44 + ROW * shown.length)}
      option={option}
      description={t('analytics.durations.text', {
        figure: t(`analytics.durations.${figure}`),
        by: words.parameter(by),
        count: shown.length,
      })}
      lead={t('analytics.durations.lead', {
        p50: words.from(overall[figure].n, text(overall[figure].p50)),
        p90: words.from(overall[figure].n, text(overall[figure].p90)),
        p99: words.from(overall[figure].n, text(overall[figure].p99)),
      })}
      onPick={({ index }) => open(shown[index] && tasks(shown[index]))}
      figures={{
        name: words.parameter(by),
        columns: [t('analytics.tasks'), ...STEPS.map((step) => t(`analytics.durations.${step}`))],
        rows: shown.map((group) => ({
          key: words.value(group.value),
          name: words.value(group.value),
          tasks: tasks(group),
          figures: [
            { raw: group[figure].n, shown: words.from(group[figure].n, format.count(group[figure].n)) },
            ...STEPS.map((step) => ({ raw: group[figure][step], shown: text(group[figure][step]) })),
          ],
        })),
      }}
    />
  );
}
