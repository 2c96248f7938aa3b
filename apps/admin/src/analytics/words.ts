import type { DimensionValue, GroupValue, Reason } from '@lora-ledger/contracts';
import { DIMENSIONS } from '@lora-ledger/contracts/analytics-names';
import { TOO_FEW } from '@lora-ledger/training';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/use-format.js';
import { percent, sayReason } from './sentence.js';

/** How parameters, their values and the server's sentences read in the language of the page. */
export function useWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const plain = (one: string | number | boolean | null): string =>
      one === null ? t('analytics.notSet') : typeof one === 'boolean' ? t(one ? 'value.yes' : 'value.no') : format.value(one);
    return {
      /** A parameter by its name in the contract. */
      parameter: (name: string): string => {
        const known = DIMENSIONS.find((one) => one === name);
        return known === undefined ? name.replace(/^extra\./, '') : t(`analytics.dimension.${known}`);
      },
      value: (one: DimensionValue): string => {
        if (typeof one !== 'object' || one === null) return plain(one);
        return one.min === one.max ? format.value(one.min) : `${format.value(one.from)} – ${format.value(one.to)}`;
      },
      /** What runs of a group have in common. */
      group: (one: GroupValue): string =>
        typeof one === 'object' && one !== null ? `${format.value(one.min)} – ${format.value(one.max)}` : plain(one),
      /** A rate that may not be known. */
      rate: (rate: number | null): string => (rate === null ? t('value.none') : percent(rate, format)),
      /** How many, and whether that is too few to say anything. */
      count: (n: number): string => t(n < TOO_FEW ? 'analytics.fewCount' : 'analytics.n', { n: format.count(n) }),
      /** A figure that rests on `n` runs, marked where those are too few. */
      from: (n: number, shown: string): string => (n < TOO_FEW ? t('analytics.fewRate', { rate: shown }) : shown),
      interval: ({ low, high }: { low: number; high: number }): string => `${percent(low, format)} – ${percent(high, format)}`,
      sentence: (reason: Reason): string => sayReason(reason, t, format),
    };
  }, [t, format]);
}

export type Words = ReturnType<typeof useWords>;
