import type { Comparison } from '@lora-ledger/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { importanceOptions } from '../queries.js';
import { byImportance, type RankedParameter } from './differences.js';

/**
 * The parameters in the order of what is known about them: those that past trainings of the same models show to decide the final loss come
 * first; where too little is known, the order the server gives, which is that of experience. Says which it is.
 */
export function useOrder(comparison: Comparison | undefined): { parameters: readonly RankedParameter[]; order: string } {
  const { t } = useTranslation();
  const format = useFormat();
  const models = useMemo(() => [...new Set(comparison?.tasks.map(({ modelName }) => modelName))].sort(), [comparison]);
  const differs = comparison?.parameters.some(({ equal }) => !equal) ?? false;
  const { data } = useQuery({ ...importanceOptions(models), enabled: differs });
  return useMemo(() => {
    const known = data?.parameters.filter(({ notable }) => notable) ?? [];
    const parameters = byImportance(comparison?.parameters ?? [], known);
    const isUsed = data !== undefined && parameters.some(({ equal, importance }) => !equal && importance !== undefined);
    return {
      parameters,
      order: isUsed
        ? t('compare.orderMeasured', {
            count: data.basis.tasks,
            formatted: format.count(data.basis.tasks),
            models: models.join(t('compare.separator')),
          })
        : t('compare.orderUsual'),
    };
  }, [comparison, data, format, models, t]);
}
