import { CONFIG_FIELDS, type ConfigFieldName } from '@lora-ledger/training';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** What a parameter is called: the form's word for it; extra parameters go by the trainer's own name. */
export function useParameterName(): (path: string) => string {
  const { t } = useTranslation();
  return useCallback((path: string) => (isField(path) ? t(`form.field.${path}`) : path.replace(/^extraParams\./, '')), [t]);
}

function isField(path: string): path is ConfigFieldName | 'trainer' {
  return path === 'trainer' || path in CONFIG_FIELDS;
}
