import type { DimensionValue, Reason } from '@lora-ledger/contracts';
import { DIMENSIONS } from '@lora-ledger/contracts/analytics-names';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/use-format.js';
import { percent, sayReason } from './sentence.js';

/** How parameters, their values and the server's sentences read in the language of the page. */
export function useWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => ({
    /** A parameter by its name in the contract. */
    parameter: (name: string): string => {
      const known = DIMENSIONS.find((one) => one === name);
      return known === undefined ? name.replace(/^extra\./, '') : t(`analytics.dimension.${known}`);
    },
    value: (one: DimensionValue): string => {
      if (one === null) return t('analytics.notSet');
      if (typeof one === 'boolean') return one ? t('value.yes') : t('value.no');
      if (typeof one !== 'object') return format.value(one);
      return one.min === one.max ? format.value(one.min) : `${format.value(one.from)} – ${format.value(one.to)}`;
    },
    /** A rate that may not be known. */
    rate: (rate: number | null): string => (rate === null ? t('value.none') : percent(rate, format)),
    interval: ({ low, high }: { low: number; high: number }): string => `${percent(low, format)} – ${percent(high, format)}`,
    sentence: (reason: Reason): string => sayReason(reason, t, format),
  }), [t, format]);
}

export type Words = ReturnType<typeof useWords>;
