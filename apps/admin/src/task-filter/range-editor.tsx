import { Button, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { readRange } from './filter-choices.js';
import { RangeInputs } from './range-inputs.js';

interface RangeEditorProps {
  min: number | undefined;
  max: number | undefined;
  /** What the numbers are counted in. */
  hint?: string;
  onApply: (min: number | undefined, max: number | undefined) => void;
}

/** A range of a field that is a number. */
export function RangeEditor({ min, max, hint, onApply }: RangeEditorProps) {
  const { t } = useTranslation();
  const [ends, setEnds] = useState<readonly [string, string]>([min === undefined ? '' : String(min), max === undefined ? '' : String(max)]);
  const range = readRange(...ends);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typeof range !== 'string') onApply(range.min, range.max);
  };
  return (
    <form onSubmit={submit}>
      <RangeInputs ends={ends} onChange={setEnds} autoFocus />
      {hint !== undefined && (
        <Text size="xs" c="dimmed" mt={4}>
          {hint}
        </Text>
      )}
      <Button type="submit" size="xs" fullWidth mt="xs" disabled={typeof range === 'string'}>
        {typeof range === 'string' ? t(`filters.${range}`) : t('filters.apply')}
      </Button>
    </form>
  );
}
