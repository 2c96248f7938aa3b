import type { RateBin, SuccessRates } from '@lora-ledger/contracts';
import type { TFunction } from 'i18next';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListSearch } from '../../task-filter/list-search.js';
import { useFormat, type Format } from '../../ui/use-format.js';
import { OUTCOMES, type AnalyticsSearch } from '../analytics-search.js';
import type { Figures } from '../chart/figures.js';
import { tooltipElement, type TooltipLine } from '../chart/tooltip.js';
import { useTasksBehind } from '../section.js';
import { useWords, type Words } from '../words.js';

export interface RateProps {
  search: AnalyticsSearch;
  answer: SuccessRates;
  lead: ReactNode;
}

/** What both charts of success rates share: the tasks behind a mark, what it says, and all of it as a table. */
export function useRates({ search, answer }: Omit<RateProps, 'lead'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const { behind, open } = useTasksBehind(search);
  const tasks = (bin: RateBin) => behind(bin.filter, { status: OUTCOMES });
  const { bins, by } = answer;
  const tooltip = useMemo(
    () => ({
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const bin = bins[dataIndex];
        if (bin === undefined) return '';
        const title = by.map((name) => `${words.parameter(name)} ${words.value(bin.values[name] ?? null)}`).join(' × ');
        return tooltipElement(
          title,
          rateLines(bin, words, format, t),
          bin.tooFew ? t('analytics.tooFew') : bin.filter === null ? undefined : t('analytics.chart.click'),
        );
      },
    }),
    [bins, by, words, format, t],
  );
  return {
    tooltip,
    figures: rateFigures(answer, tasks, words, format, t),
    onPick: ({ index }: { index: number }) => open(bins[index] && tasks(bins[index])),
  };
}

/** The bins of a rate as a table. */
function rateFigures(
  { by, bins }: SuccessRates,
  tasks: (bin: RateBin) => ListSearch | null,
  words: Words,
  format: Format,
  t: TFunction,
): Figures {
  const [first = '', ...second] = by;
  return {
    name: by.map(words.parameter).join(' × '),
    columns: [t('analytics.rate'), t('analytics.interval95'), t('analytics.outcomes'), t('task.status.SUCCESS'), t('task.status.FAILED')],
    rows: bins.map((bin) => {
      const name = [first, ...second].map((one) => words.value(bin.values[one] ?? null)).join(' × ');
      return {
        key: name,
        name,
        tasks: tasks(bin),
        figures: [
          { raw: bin.rate, shown: bin.tooFew ? t('analytics.fewRate', { rate: words.rate(bin.rate) }) : words.rate(bin.rate) },
          { raw: `${bin.low}..${bin.high}`, shown: words.interval(bin) },
          { raw: bin.n, shown: format.count(bin.n) },
          { raw: bin.successes, shown: format.count(bin.successes) },
          { raw: bin.failures, shown: format.count(bin.failures) },
        ],
      };
    }),
  };
}

function rateLines(bin: RateBin, words: Words, format: Format, t: TFunction): TooltipLine[] {
  return [
    [t('analytics.rate'), words.rate(bin.rate)],
    [t('analytics.interval95'), words.interval(bin)],
    [t('task.status.SUCCESS'), format.count(bin.successes)],
    [t('task.status.FAILED'), format.count(bin.failures)],
  ];
}
