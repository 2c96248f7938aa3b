import { Button, Group, Pill } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePeriodLabel } from '../ui/period-filter.js';
import { useFormat } from '../ui/use-format.js';
import type { FilterProps } from './filter-bar.js';
import { isFiltered, RANGE_FIELDS, type ListSearch } from './list-search.js';

interface Chip {
  key: string;
  text: string;
  without: Partial<ListSearch>;
}

/** Every filter of the address in words, each with a button that takes it away; also those that came with a link. */
export function FilterChips({ search, onChange, onClear }: FilterProps & { onClear: () => void }) {
  const { t } = useTranslation();
  const chips = useChips(search);
  if (!isFiltered(search)) return null;
  return (
    <Group gap={6} mt="xs">
      {chips.map(({ key, text, without }) => (
        <Pill key={key} withRemoveButton onRemove={() => onChange(without)} removeButtonProps={{ 'aria-label': t('list.filter.remove', { filter: text }), 'aria-hidden': false, tabIndex: 0 }}>{text}</Pill>
      ))}
      <Button variant="subtle" size="compact-xs" onClick={onClear}>{t('list.filter.clear')}</Button>
    </Group>
  );
}

function useChips(search: ListSearch): Chip[] {
  const { t } = useTranslation();
  const format = useFormat();
  const periodLabel = usePeriodLabel();
  const is = (field: string, value: string) => t('list.filter.is', { field, value });
  const chips: Chip[] = [];
  const list = <Value extends string>(key: 'user' | 'modelName' | 'trainer' | 'tag' | 'host' | 'gpu' | 'status' | 'failureReason', values: readonly Value[] = [], field: string, word: (value: Value) => string) => {
    for (const value of values) {
      const rest = values.filter((one) => one !== value);
      chips.push({ key: `${key}=${value}`, text: is(field, word(value)), without: { [key]: rest.length === 0 ? undefined : rest } });
    }
  };
  const asItIs = (value: string) => value;

  if (search.q !== undefined) chips.push({ key: 'q', text: `“${search.q}”`, without: { q: undefined } });
  list('status', search.status, t('list.filter.status'), (status) => t(`task.status.${status}`));
  const time = periodLabel({ last: search.created, from: search.createdFrom, to: search.createdTo });
  if (time !== null) chips.push({ key: 'created', text: is(t('list.filter.time'), time), without: { created: undefined, createdFrom: undefined, createdTo: undefined } });
  const started = periodLabel({ from: search.startedFrom, to: search.startedTo });
  if (started !== null) chips.push({ key: 'started', text: is(t('list.column.startTime'), started), without: { startedFrom: undefined, startedTo: undefined } });
  list('user', search.user, t('list.filter.user'), asItIs);
  list('modelName', search.modelName, t('list.column.modelName'), asItIs);
  list('trainer', search.trainer, t('list.column.trainer'), asItIs);
  list('tag', search.tag, t('list.column.tags'), asItIs);
  list('host', search.host, t('list.column.host'), asItIs);
  list('gpu', search.gpu, t('filters.gpu'), asItIs);
  list('failureReason', search.failureReason, t('list.filter.failureReason'), (reason) => t(`task.reason.${reason}`));
  for (const field of RANGE_FIELDS) {
    const [min, max] = [search[`${field}Min`], search[`${field}Max`]];
    const name = t(`list.column.${field}`);
    const shown = field === 'duration' ? format.duration : format.value;
    if (min !== undefined) chips.push({ key: `${field}Min`, text: t('list.filter.atLeast', { field: name, value: shown(min) }), without: { [`${field}Min`]: undefined } });
    if (max !== undefined) chips.push({ key: `${field}Max`, text: t('list.filter.atMost', { field: name, value: shown(max) }), without: { [`${field}Max`]: undefined } });
  }
  for (const [key, value] of Object.entries(search.extra ?? {})) chips.push({ key: `extra.${key}`, text: is(key, value), without: { extra: without(search.extra, key) } });
  for (const [key, value] of Object.entries(search.extraMin ?? {})) chips.push({ key: `extraMin.${key}`, text: t('list.filter.atLeast', { field: key, value: format.value(value) }), without: { extraMin: without(search.extraMin, key) } });
  for (const [key, value] of Object.entries(search.extraMax ?? {})) chips.push({ key: `extraMax.${key}`, text: t('list.filter.atMost', { field: key, value: format.value(value) }), without: { extraMax: without(search.extraMax, key) } });
  for (const name of search.unset ?? []) {
    const rest = search.unset?.filter((one) => one !== name);
    const field = name === 'gpu' ? t('filters.gpu') : name === 'epochs' || name === 'host' ? t(`list.column.${name}`) : name.replace('extra.', '');
    chips.push({ key: `unset ${name}`, text: t('list.filter.unset', { field }), without: { unset: rest?.length === 0 ? undefined : rest } });
  }
  if (search.fingerprint !== undefined) chips.push({ key: 'fingerprint', text: t('list.filter.sameExperiment'), without: { fingerprint: undefined } });
  if (search.family !== undefined) chips.push({ key: 'family', text: t('list.filter.sameFamily'), without: { family: undefined } });
  return chips;
}

/** A map without one of its entries; `undefined` when that was the last. */
function without<Value>(map: Readonly<Record<string, Value>> | undefined, key: string): Record<string, Value> | undefined {
  const rest = Object.entries(map ?? {}).filter(([name]) => name !== key);
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}
