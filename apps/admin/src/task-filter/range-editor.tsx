import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { readRange } from './filter-choices.js';

interface RangeEditorProps {
  min: number | undefined;
  max: number | undefined;
  /** What the numbers are counted in. */
  hint?: string;
  onApply: (min: number | undefined, max: number | undefined) => void;
}

/** From and to, either may stay open. Text fields, because learning rates are written `1e-4`. */
export function RangeEditor({ min, max, hint, onApply }: RangeEditorProps) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(min === undefined ? '' : String(min));
  const [to, setTo] = useState(max === undefined ? '' : String(max));
  const range = readRange(from, to);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (range !== null) onApply(range.min, range.max);
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" grow wrap="nowrap">
        <TextInput size="xs" data-autofocus label={t('filters.from')} inputMode="decimal" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
        <TextInput size="xs" label={t('filters.to')} inputMode="decimal" value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      </Group>
      {hint !== undefined && <Text size="xs" c="dimmed" mt={4}>{hint}</Text>}
      <Button type="submit" size="xs" fullWidth mt="xs" disabled={range === null}>{range === null ? t('filters.notANumber') : t('filters.apply')}</Button>
    </form>
  );
}
