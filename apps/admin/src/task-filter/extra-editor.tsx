import { Autocomplete, Button, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { readRange } from './filter-choices.js';
import { withEntry, type ListSearch } from './list-search.js';
import { RangeInputs } from './range-inputs.js';

type ExtraFilters = Pick<ListSearch, 'extra' | 'extraMin' | 'extraMax'>;
type Kind = 'is' | 'range';

interface ExtraEditorProps {
  /** Names that recent tasks have. */
  keys: readonly string[];
  search: ExtraFilters;
  onApply: (change: ExtraFilters) => void;
}

const OPEN = ['', ''] as const;

/** Any parameter that only the trainer knows: one value, or a range of numbers. What is set already for the parameter stands in the fields. */
export function ExtraEditor({ keys, search: { extra, extraMin, extraMax }, onApply }: ExtraEditorProps) {
  const { t } = useTranslation();
  const [key, setKey] = useState('');
  const [kind, setKind] = useState<Kind>('is');
  const [value, setValue] = useState('');
  const [ends, setEnds] = useState<readonly [string, string]>(OPEN);
  const range = readRange(...ends);
  const problem = kind === 'range' && typeof range === 'string' ? range : null;
  const ready = key.trim() !== '' && problem === null && (kind === 'is' ? value.trim() !== '' : ends.some((end) => end.trim() !== ''));
  const choose = (name: string): void => {
    setKey(name);
    const [min, max] = [extraMin?.[name], extraMax?.[name]];
    if (extra?.[name] !== undefined) {
      setKind('is');
      setValue(extra[name]);
    } else if (min !== undefined || max !== undefined) {
      setKind('range');
      setEnds([min === undefined ? '' : String(min), max === undefined ? '' : String(max)]);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready || typeof range === 'string') return;
    const name = key.trim();
    // One of both: a value beside a range would say nothing more.
    onApply({
      extra: withEntry(extra, name, kind === 'is' ? value.trim() : undefined),
      extraMin: withEntry(extraMin, name, kind === 'range' ? range.min : undefined),
      extraMax: withEntry(extraMax, name, kind === 'range' ? range.max : undefined),
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Autocomplete
          size="xs"
          data-autofocus
          label={t('filters.extraKey')}
          data={keys.filter((name) => !name.startsWith('$'))}
          limit={50}
          value={key}
          onChange={choose}
          comboboxProps={{ withinPortal: false }}
        />
        <SegmentedControl<Kind>
          size="xs"
          aria-label={t('filters.extraKind')}
          value={kind}
          onChange={setKind}
          data={[
            { value: 'is', label: t('filters.extraIs') },
            { value: 'range', label: t('filters.extraRange') },
          ]}
        />
        {kind === 'is' ? (
          <TextInput size="xs" label={t('filters.extraValue')} value={value} onChange={(event) => setValue(event.currentTarget.value)} />
        ) : (
          <RangeInputs ends={ends} onChange={setEnds} />
        )}
        <Button type="submit" size="xs" disabled={!ready}>
          {problem === null ? t('filters.apply') : t(`filters.${problem}`)}
        </Button>
      </Stack>
    </form>
  );
}
