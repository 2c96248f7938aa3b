import type { Importance } from '@lora-ledger/contracts';
import type { Objective } from '@lora-ledger/contracts/analytics-names';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { filterOf, isDimension, type AnalyticsSearch, type SectionName } from '../analytics-search.js';
import { GRID, rowAxis, valueAxis } from '../chart/axes.js';
import { ChartCard } from '../chart/chart-card.js';
import { useInk } from '../chart/ink.js';
import { tooltipElement } from '../chart/tooltip.js';
import { whiskers } from '../chart/whiskers.js';
import { useWords } from '../words.js';

const ROW = 32;
const CHARTS = { finalLoss: 'convergence', success: 'success', time: 'durations' } as const satisfies Record<Objective, SectionName>;

/** How much each parameter decides, with how sure that is; a bar leads to what the parameter does. */
export function ImportanceBars({ search, answer: { parameters, objective, explained } }: { search: AnalyticsSearch; answer: Importance }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const ink = useInk();
  const navigate = useNavigate();
  const option = useMemo(
    () => ({
      grid: { ...GRID, top: 4, right: 24 },
      xAxis: valueAxis(format.percent, ink),
      yAxis: rowAxis(
        parameters.map(({ parameter }) => words.parameter(parameter)),
        ink,
      ),
      tooltip: {
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const one = parameters[dataIndex];
          if (one === undefined) return '';
          return tooltipElement(
            words.parameter(one.parameter),
            [
              [t('analytics.importance.share'), words.rate(one.importance)],
              [t('analytics.interval95'), words.interval(one)],
              [t('analytics.importance.q'), format.value(Number(one.q.toPrecision(2)))],
            ],
            one.notable ? t('analytics.importance.click') : t('analytics.importance.notNotable'),
          );
        },
      },
      series: [
        {
          type: 'bar',
          barMaxWidth: 16,
          cursor: 'pointer',
          data: parameters.map(({ importance, notable }) => ({
            value: Math.max(0, importance),
            itemStyle: { color: notable ? ink.main : ink.faint, borderRadius: [0, 3, 3, 0] },
          })),
        },
        whiskers(
          parameters.map(({ low, high }, index) => [index, low, high] as const),
          ink.text,
          'horizontal',
        ),
      ],
    }),
    [parameters, words, format, ink, t],
  );
  /** The chart of what the parameter does, whose marks lead to the tasks of each of its values. */
  const questionOf = (parameter: string) =>
    isDimension(parameter) ? { section: CHARTS[objective], search: { ...filterOf(search), by: parameter } } : null;
  const show = (parameter: string) => {
    const question = questionOf(parameter);
    if (question !== null) void navigate({ to: '/analytics/$section', params: { section: question.section }, search: question.search });
  };
  return (
    <ChartCard
      title={t('analytics.importance.title', { objective: t(`analytics.objective.${objective}`) })}
      fileName={`importance-for-${objective}`}
      height={Math.max(140, 44 + ROW * parameters.length)}
      option={option}
      description={t('analytics.importance.text', { count: parameters.length })}
      lead={
        explained === null || !parameters.some(({ notable }) => notable)
          ? undefined
          : t(explained < 0.1 ? 'analytics.importance.hardlyExplained' : 'analytics.importance.explained', {
              share: words.rate(Math.max(0, explained)),
            })
      }
      onPick={({ index }) => {
        if (parameters[index] !== undefined) show(parameters[index].parameter);
      }}
      figures={{
        name: t('analytics.importance.parameter'),
        columns: [
          t('analytics.importance.share'),
          t('analytics.interval95'),
          t('analytics.importance.q'),
          t('analytics.importance.notable'),
        ],
        rows: parameters.map((one) => ({
          key: one.parameter,
          name: words.parameter(one.parameter),
          tasks: null,
          question: questionOf(one.parameter),
          figures: [
            { raw: one.importance, shown: words.rate(Math.max(0, one.importance)) },
            { raw: `${one.low}..${one.high}`, shown: words.interval(one) },
            { raw: one.q, shown: format.value(Number(one.q.toPrecision(2))) },
            { raw: String(one.notable), shown: one.notable ? t('value.yes') : t('value.no') },
          ],
        })),
      }}
    />
  );
}
