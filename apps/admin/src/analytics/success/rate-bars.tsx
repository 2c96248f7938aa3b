import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { GRID, rowAxes, valueAxis } from '../chart/axes.js';
import { ChartCard } from '../chart/chart-card.js';
import { useInk } from '../chart/ink.js';
import { whiskers } from '../chart/whiskers.js';
import { useWords } from '../words.js';
import { useRates, type RateProps } from './use-rates.js';

const ROW = 34;

/** Success rate by one parameter: a bar per value with its interval and its count. */
export function RateBars({ search, answer, lead }: RateProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const ink = useInk();
  const { tooltip, figures, onPick } = useRates({ search, answer });
  const { bins } = answer;
  const [by = ''] = answer.by;
  const option = useMemo(() => {
    const names = bins.map(({ values }) => words.value(values[by] ?? null));
    const counts = bins.map(({ n, tooFew }) =>
      tooFew ? t('analytics.fewCount', { n: format.count(n) }) : t('analytics.n', { n: format.count(n) }),
    );
    return {
      grid: { ...GRID, top: 4, right: 20, bottom: 4 },
      xAxis: { ...valueAxis(format.percent, ink), min: 0, max: 1 },
      yAxis: rowAxes(names, counts, ink),
      tooltip,
      series: [
        {
          type: 'bar',
          barMaxWidth: 18,
          cursor: 'pointer',
          data: bins.map(({ rate, tooFew }) => ({
            value: rate,
            itemStyle: { color: tooFew ? ink.faint : ink.main, borderRadius: [0, 3, 3, 0] },
          })),
        },
        whiskers(
          bins.map(({ low, high }, index) => [index, low, high] as const),
          ink.text,
          'horizontal',
        ),
      ],
    };
  }, [bins, by, tooltip, words, format, ink, t]);
  return (
    <ChartCard
      title={t('analytics.success.byOne', { by: words.parameter(by) })}
      fileName={`success-rate-by-${by}`}
      height={Math.max(140, 44 + ROW * bins.length)}
      option={option}
      lead={lead}
      description={t('analytics.success.byOneText', { by: words.parameter(by), count: bins.length })}
      figures={figures}
      onPick={onPick}
    />
  );
}
