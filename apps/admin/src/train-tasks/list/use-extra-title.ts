import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { readExtraColumn } from './extra-column.js';

/** The header of a further column: `loss (lowest)`, or the name of the parameter. */
export function useExtraTitle(): (name: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (name) => {
      const column = readExtraColumn(name);
      return 'extra' in column
        ? column.extra
        : t('list.extra.metric', { metric: column.metric, part: t(`list.extra.part.${column.part}`) });
    },
    [t],
  );
}
