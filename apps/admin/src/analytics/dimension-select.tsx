import { Select } from '@mantine/core';
import { DIMENSIONS } from '@lora-ledger/contracts/analytics-names';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useUser } from '../api/session.js';
import { facetsOptions } from '../task-filter/facets.js';
import { useWords } from './words.js';

interface DimensionSelectProps {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
  /** Already grouped by. */
  except?: string;
  /** There may be none. */
  clearable?: boolean;
}

/** What tasks are grouped by: the parameters all trainers share, and those that only some know. */
export function DimensionSelect({ label, value, onChange, except, clearable = false }: DimensionSelectProps) {
  const { t } = useTranslation();
  const words = useWords();
  const { role } = useUser();
  const { data } = useQuery(facetsOptions);
  const extras = (data?.extraKeys ?? []).filter((key) => !key.startsWith('$')).map((key) => `extra.${key}`);
  const known = [...DIMENSIONS.filter((name) => name !== 'user' || role === 'admin'), ...extras];
  const groups = [
    { group: t('analytics.parameters'), items: known.filter((name) => !name.startsWith('extra.')) },
    { group: t('filters.extra'), items: [...new Set([...extras, ...(value !== null && !known.includes(value) ? [value] : [])])] },
  ];
  return (
    <Select
      size="xs"
      w={190}
      label={label}
      searchable
      clearable={clearable}
      placeholder={clearable ? t('analytics.none') : undefined}
      value={value}
      onChange={onChange}
      allowDeselect={false}
      styles={{ options: { maxHeight: 320 } }}
      data={groups
        .map(({ group, items }) => ({
          group,
          items: items.filter((name) => name !== except).map((name) => ({ value: name, label: words.parameter(name) })),
        }))
        .filter(({ items }) => items.length > 0)}
    />
  );
}
