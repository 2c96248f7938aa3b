import type { RateBin, SuccessRates } from '@lora-ledger/contracts';
import type { TFunction } from 'i18next';
import type { ListSearch } from '../../task-filter/list-search.js';
import type { Format } from '../../ui/use-format.js';
import type { Figures } from '../chart/figures.js';
import type { TooltipLine } from '../chart/tooltip.js';
import type { Words } from '../words.js';

/** The bins of a rate as a table. */
export function rateFigures({ by, bins }: SuccessRates, tasks: (bin: RateBin) => ListSearch | null, words: Words, format: Format, t: TFunction): Figures {
  const [first = '', ...second] = by;
  return {
    name: by.map(words.parameter).join(' × '), columns: [t('analytics.rate'), t('analytics.interval95'), t('analytics.outcomes'), t('task.status.SUCCESS'), t('task.status.FAILED')],
    rows: bins.map((bin) => {
      const name = [first, ...second].map((one) => words.value(bin.values[one] ?? null)).join(' × ');
      return {
        key: name, name, tasks: tasks(bin),
        figures: [
          { raw: bin.rate, shown: bin.tooFew ? t('analytics.fewRate', { rate: words.rate(bin.rate) }) : words.rate(bin.rate) }, { raw: `${bin.low}..${bin.high}`, shown: words.interval(bin) },
          { raw: bin.n, shown: format.count(bin.n) }, { raw: bin.successes, shown: format.count(bin.successes) }, { raw: bin.failures, shown: format.count(bin.failures) },
        ],
      };
    }),
  };
}

export function rateLines(bin: RateBin, words: Words, format: Format, t: TFunction): TooltipLine[] {
  return [
    [t('analytics.rate'), words.rate(bin.rate)], [t('analytics.interval95'), words.interval(bin)], [t('task.status.SUCCESS'), format.count(bin.successes)], [t('task.status.FAILED'), format.count(bin.failures)],
  ];
}
