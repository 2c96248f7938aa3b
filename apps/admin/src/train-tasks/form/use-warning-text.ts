import type { FormatWarning } from '@lora-ledger/training';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useParameterName } from '../use-parameter-name.js';

/** What a warning of a configuration says and of which parameter, by the form's word for it; keys that only a file has stay as they are. */
export function useWarningText(): (warning: Pick<FormatWarning, 'code' | 'path'>) => string {
  const { t } = useTranslation();
  const nameOf = useParameterName();
  return useCallback(
    ({ code, path }) => {
      const what = t(`form.warning.${code}`);
      return path === undefined ? what : t('form.warningAt', { what, where: nameOf(path) });
    },
    [t, nameOf],
  );
}
