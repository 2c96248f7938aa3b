import { Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface RangeInputsProps {
  /** As typed: lowest and highest. */
  ends: readonly [string, string];
  onChange: (ends: readonly [string, string]) => void;
  autoFocus?: boolean;
}

/** From and to, either may stay open. Text fields, because learning rates are written `1e-4`. */
export function RangeInputs({ ends: [from, to], onChange, autoFocus = false }: RangeInputsProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" grow wrap="nowrap">
      <TextInput
        size="xs"
        data-autofocus={autoFocus || undefined}
        label={t('filters.from')}
        inputMode="decimal"
        value={from}
        onChange={(event) => onChange([event.currentTarget.value, to])}
      />
      <TextInput
        size="xs"
        label={t('filters.to')}
        inputMode="decimal"
        value={to}
        onChange={(event) => onChange([from, event.currentTarget.value])}
      />
    </Group>
  );
}
