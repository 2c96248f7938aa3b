import type { RateBin, SuccessRates } from '@lora-ledger/contracts';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import type { AnalyticsSearch } from '../analytics-search.js';
import { GRID, nameAxis, valueAxis } from '../chart/axes.js';
import { ChartCard } from '../chart/chart-card.js';
import { useInk } from '../chart/ink.js';
import { tooltipElement } from '../chart/tooltip.js';
import { whiskers } from '../chart/whiskers.js';
import { useTasksBehind } from '../section.js';
import { useWords } from '../words.js';
import { rateFigures, rateLines } from './rate-figures.js';

interface RateProps {
  search: AnalyticsSearch;
  answer: SuccessRates;
  lead: ReactNode;
}

const ROW = 34;

/** Success rate by one parameter: a bar per value with its interval and its count. */
export function RateBars({ search, answer, lead }: RateProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const ink = useInk();
  const { behind, open } = useTasksBehind(search);
  const { bins } = answer;
  const [by = ''] = answer.by;
  const tasks = (bin: RateBin) => behind(bin.filter, search.status === undefined ? { status: ['SUCCESS', 'FAILED'] } : {});
  const option = useMemo(() => {
    const names = bins.map(({ values }) => words.value(values[by] ?? null));
    const counts = bins.map(({ n, tooFew }) => (tooFew ? t('analytics.fewCount', { n: format.count(n) }) : t('analytics.n', { n: format.count(n) })));
    return {
      grid: { ...GRID, top: 4, right: 20, bottom: 4 },
      xAxis: { ...valueAxis(format.percent, ink), min: 0, max: 1 },
      yAxis: [
        { ...nameAxis(names, ink), inverse: true, axisLabel: { color: ink.text, fontSize: 12, width: 190, overflow: 'truncate', interval: 0 } },
        { ...nameAxis(counts, ink), inverse: true, position: 'right', axisLine: { show: false }, axisLabel: { color: ink.dimmed, fontSize: 11, interval: 0 } },
      ],
      tooltip: {
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const bin = bins[dataIndex];
          if (bin === undefined) return '';
          return tooltipElement(`${words.parameter(by)} ${names[dataIndex] ?? ''}`, rateLines(bin, words, format, t), bin.tooFew ? t('analytics.tooFew') : bin.filter === null ? undefined : t('analytics.chart.click'));
        },
      },
      series: [
        {
          type: 'bar', barMaxWidth: 18, cursor: 'pointer',
          data: bins.map(({ rate, tooFew }) => ({ value: rate, itemStyle: { color: tooFew ? ink.faint : ink.main, borderRadius: [0, 3, 3, 0] } })),
        },
        whiskers(bins.map(({ low, high }, index) => [index, low, high] as const), ink.text, 'horizontal'),
      ],
    };
  }, [bins, by, words, format, ink, t]);
  return (
    <ChartCard
      title={t('analytics.success.byOne', { by: words.parameter(by) })} fileName={`success-rate-by-${by}`} height={Math.max(140, 44 + ROW * bins.length)} option={option} lead={lead}
      description={t('analytics.success.byOneText', { by: words.parameter(by), count: bins.length })} figures={rateFigures(answer, tasks, words, format, t)}
      onPick={({ index }) => open(bins[index] && tasks(bins[index]))}
    />
  );
}
