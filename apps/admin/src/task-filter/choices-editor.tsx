import { Checkbox, ScrollArea, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choicesFor } from './filter-choices.js';

interface ChoicesEditorProps {
  options: readonly string[];
  loading: boolean;
  chosen: readonly string[] | undefined;
  onChange: (chosen: string[] | undefined) => void;
  labelOf?: (value: string) => string;
  /** There are no values but the options. */
  closed?: boolean;
  hint?: string;
}

/** Some values of a field. The options are those of recent tasks; an older one can be typed. */
export function ChoicesEditor({
  options,
  loading,
  chosen = [],
  onChange,
  labelOf = (value) => value,
  closed = false,
  hint,
}: ChoicesEditorProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const shown = choicesFor({ options, chosen, text, labelOf, closed });
  const toggle = (value: string): void => {
    const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
    onChange(next.length === 0 ? undefined : next);
  };
  return (
    <>
      {!closed && (
        <TextInput
          size="xs"
          data-autofocus
          aria-label={t('filters.find')}
          placeholder={t('filters.find')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && shown[0] !== undefined) toggle(shown[0]);
          }}
        />
      )}
      {hint !== undefined && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      {loading && <Skeleton height={80} />}
      <ScrollArea.Autosize mah={280}>
        <Stack gap={8} p={2}>
          {shown.map((value) => (
            <Checkbox
              key={value}
              size="xs"
              label={labelOf(value)}
              checked={chosen.includes(value)}
              onChange={() => toggle(value)}
              styles={{ label: { overflowWrap: 'anywhere' } }}
            />
          ))}
          {!loading && shown.length === 0 && (
            <Text size="xs" c="dimmed">
              {t('filters.none')}
            </Text>
          )}
        </Stack>
      </ScrollArea.Autosize>
    </>
  );
}
