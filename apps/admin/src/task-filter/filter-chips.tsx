import { Button, Group, Pill } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePeriodLabel } from '../ui/period-filter.js';
import { useFormat } from '../ui/use-format.js';
import type { FilterProps } from './filter-bar.js';
import { createdPeriod, isFiltered, RANGE_FIELDS, startedPeriod, withEntry, type ListSearch } from './list-search.js';

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
        <Pill
          key={key}
          // As it was typed.
          translate={key === 'q' ? 'no' : undefined}
          withRemoveButton
          onRemove={() => onChange(without)}
          removeButtonProps={{ 'aria-label': t('list.filter.remove', { filter: text }), 'aria-hidden': false, tabIndex: 0 }}
        >
          {text}
        </Pill>
      ))}
      <Button variant="subtle" size="compact-xs" onClick={onClear}>
        {t('list.filter.clear')}
      </Button>
    </Group>
  );
}

function useChips(search: ListSearch): Chip[] {
  const { t } = useTranslation();
  const format = useFormat();
  const periodLabel = usePeriodLabel();
  const is = (field: string, value: string) => t('list.filter.is', { field, value });
  const chips: Chip[] = [];
  const list = <Value extends string>(
    key: 'user' | 'modelName' | 'trainer' | 'tag' | 'host' | 'gpu' | 'status' | 'failureReason',
    values: readonly Value[] = [],
    field: string,
    word: (value: Value) => string,
  ) => {
    for (const value of values) {
      const rest = values.filter((one) => one !== value);
      chips.push({ key: `${key}=${value}`, text: is(field, word(value)), without: { [key]: rest.length === 0 ? undefined : rest } });
    }
  };
  const asItIs = (value: string) => value;

  if (search.q !== undefined) chips.push({ key: 'q', text: `“${search.q}”`, without: { q: undefined } });
  list('status', search.status, t('list.filter.status'), (status) => t(`task.status.${status}`));
  const time = periodLabel(createdPeriod(search));
  if (time !== null)
    chips.push({
      key: 'created',
      text: is(t('list.filter.time'), time),
      without: { created: undefined, createdFrom: undefined, createdTo: undefined },
    });
  const started = periodLabel(startedPeriod(search));
  if (started !== null)
    chips.push({
      key: 'started',
      text: is(t('list.column.startTime'), started),
      without: { started: undefined, startedFrom: undefined, startedTo: undefined },
    });
  list('user', search.user, t('list.filter.user'), asItIs);
  list('modelName', search.modelName, t('list.column.modelName'), asItIs);
  list('trainer', search.trainer, t('list.column.trainer'), asItIs);
  list('tag', search.tag, t('list.column.tags'), asItIs);
  list('host', search.host, t('list.column.host'), asItIs);
  list('gpu', search.gpu, t('filters.gpu'), asItIs);
  list('failureReason', search.failureReason, t('list.filter.failureReason'), (reason) => t(`task.reason.${reason}`));
  const range = (
    field: string,
    [min, max]: readonly [number | undefined, number | undefined],
    shown: (value: number) => string,
    without: Partial<ListSearch>,
  ) => {
    if (min !== undefined && max !== undefined)
      chips.push({
        key: `${field} range`,
        text: min === max ? is(field, shown(min)) : is(field, `${shown(min)} – ${shown(max)}`),
        without,
      });
    else if (min !== undefined) chips.push({ key: `${field} min`, text: t('list.filter.atLeast', { field, value: shown(min) }), without });
    else if (max !== undefined) chips.push({ key: `${field} max`, text: t('list.filter.atMost', { field, value: shown(max) }), without });
  };
  for (const field of RANGE_FIELDS) {
    const shown = field === 'duration' ? format.duration : format.value;
    range(t(`list.column.${field}`), [search[`${field}Min`], search[`${field}Max`]], shown, {
      [`${field}Min`]: undefined,
      [`${field}Max`]: undefined,
    });
  }
  for (const [key, value] of Object.entries(search.extra ?? {}))
    chips.push({ key: `extra.${key}`, text: is(key, value), without: { extra: withEntry(search.extra, key, undefined) } });
  for (const key of new Set([search.extraMin, search.extraMax].flatMap((ends) => Object.keys(ends ?? {})))) {
    range(key, [search.extraMin?.[key], search.extraMax?.[key]], format.value, {
      extraMin: withEntry(search.extraMin, key, undefined),
      extraMax: withEntry(search.extraMax, key, undefined),
    });
  }
  for (const name of search.unset ?? []) {
    const rest = search.unset?.filter((one) => one !== name);
    const field =
      name === 'gpu' ? t('filters.gpu') : name === 'epochs' || name === 'host' ? t(`list.column.${name}`) : name.replace('extra.', '');
    chips.push({
      key: `unset ${name}`,
      text: t('list.filter.unset', { field }),
      without: { unset: rest?.length === 0 ? undefined : rest },
    });
  }
  if (search.fingerprint !== undefined)
    chips.push({ key: 'fingerprint', text: t('list.filter.sameExperiment'), without: { fingerprint: undefined } });
  if (search.family !== undefined) chips.push({ key: 'family', text: t('list.filter.sameFamily'), without: { family: undefined } });
  if (search.ids !== undefined)
    chips.push({
      key: 'ids',
      text: t('list.filter.ids', { count: search.ids.length, formatted: format.count(search.ids.length) }),
      without: { ids: undefined },
    });
  return chips;
}
