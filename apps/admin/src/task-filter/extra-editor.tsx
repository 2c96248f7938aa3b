import { Autocomplete, Button, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

interface ExtraEditorProps {
  /** Names that recent tasks have. */
  keys: readonly string[];
  extra: Readonly<Record<string, string>> | undefined;
  onApply: (extra: Record<string, string>) => void;
}

/** Equality on any parameter that only the trainer knows. */
export function ExtraEditor({ keys, extra, onApply }: ExtraEditorProps) {
  const { t } = useTranslation();
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const ready = key.trim() !== '' && value.trim() !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) onApply({ ...extra, [key.trim()]: value.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Autocomplete size="xs" data-autofocus label={t('filters.extraKey')} data={keys.filter((name) => !name.startsWith('$'))} limit={50} maxDropdownHeight={180} value={key} onChange={setKey} comboboxProps={{ withinPortal: false }} />
        <TextInput size="xs" label={t('filters.extraValue')} value={value} onChange={(event) => setValue(event.currentTarget.value)} />
        <Button type="submit" size="xs" disabled={!ready}>{t('filters.apply')}</Button>
      </Stack>
    </form>
  );
}
