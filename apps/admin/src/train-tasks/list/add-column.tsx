import { Group, Loader, Pill, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { facetsOptions } from '../../task-filter/facets.js';
import { COLUMNS_MAX } from '../../task-filter/list-search.js';
import { METRIC_PARTS } from './extra-column.js';
import { useExtraTitle } from './use-extra-title.js';

interface AddColumnProps {
  columns: readonly string[];
  onChange: (columns: string[]) => void;
}

/** Any metric, and any parameter that only the trainer knows, as a column: those that recent tasks have are offered. */
export function AddColumn({ columns, onChange }: AddColumnProps) {
  const { t } = useTranslation();
  const { data, isPending } = useQuery(facetsOptions);
  const titleOf = useExtraTitle();
  const offer = (names: readonly string[]) =>
    names.filter((name) => !columns.includes(name)).map((value) => ({ value, label: titleOf(value) }));
  const metrics = offer((data?.metricKeys ?? []).flatMap((key) => METRIC_PARTS.map((part) => `metric.${key}.${part}`)));
  const extras = offer((data?.extraKeys ?? []).map((key) => `extra.${key}`));
  return (
    <Stack gap={6} mt="xs">
      <Select
        size="xs"
        searchable
        label={t('list.extra.add')}
        placeholder={t('list.extra.placeholder')}
        nothingFoundMessage={t('list.extra.none')}
        limit={100}
        comboboxProps={{ withinPortal: false }}
        value={null}
        disabled={columns.length >= COLUMNS_MAX}
        rightSection={isPending ? <Loader size={12} /> : undefined}
        data={[
          ...(metrics.length > 0 ? [{ group: t('list.extra.metrics'), items: metrics }] : []),
          ...(extras.length > 0 ? [{ group: t('list.extra.parameters'), items: extras }] : []),
        ]}
        onChange={(name) => {
          if (name !== null) onChange([...columns, name]);
        }}
      />
      {columns.length > 0 && (
        <Group gap={4}>
          {columns.map((name) => (
            <Pill
              key={name}
              size="xs"
              withRemoveButton
              removeButtonProps={{ 'aria-label': t('list.extra.remove', { column: titleOf(name) }), 'aria-hidden': false, tabIndex: 0 }}
              onRemove={() => onChange(columns.filter((one) => one !== name))}
            >
              {titleOf(name)}
            </Pill>
          ))}
        </Group>
      )}
    </Stack>
  );
}
