import { SegmentedControl } from '@mantine/core';
import type { TaskScope } from '@lora-ledger/contracts';
import { useTranslation } from 'react-i18next';
import { useUser } from '../api/session.js';
import type { FilterProps } from './filter-bar.js';
import { defaultScope, TASK_SCOPES } from './list-search.js';

/** Whose tasks the list shows. */
export function ScopeFilter({ search, onChange }: FilterProps) {
  const { t } = useTranslation();
  const usual = defaultScope(useUser().role);
  return (
    <SegmentedControl<TaskScope>
      size="xs"
      aria-label={t('sharing.scope.label')}
      value={search.scope ?? usual}
      data={TASK_SCOPES.map((value) => ({ value, label: t(`sharing.scope.${value}`) }))}
      onChange={(scope) => onChange({ scope: scope === usual ? undefined : scope })}
    />
  );
}
