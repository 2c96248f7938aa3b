import { ActionIcon, Button, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ORIGINAL } from '../bookkeeping.js';
import { ChangedMark } from './changed-mark.js';
import { EXTRA_TYPES, extraRow, type ExtraRow, type ExtraType } from './form-model.js';
import { extraPlace } from './form-problems.js';
import { useTaskForm } from './task-form-context.js';
import css from './task-form.module.css';

/** The parameters that only the trainer knows: name, type and value, one row each. */
export function ExtraParamsEditor() {
  const { t } = useTranslation();
  const { form, problemAt, original } = useTaskForm();
  const rows = form.values.extra;
  const [added, setAdded] = useState<string>();
  const shown = rows.filter(({ key }) => key !== ORIGINAL);
  const change = (id: string, part: Partial<ExtraRow>) =>
    form.setFieldValue(
      'extra',
      rows.map((row) => (row.id === id ? { ...row, ...part } : row)),
    );
  const add = (): void => {
    const row = extraRow('', '');
    setAdded(row.id);
    form.setFieldValue('extra', [...rows, row]);
  };
  const removed = original?.extra.filter(({ key }) => !rows.some((row) => row.key.trim() === key)) ?? [];
  const problem = problemAt('extraParams');

  return (
    <Stack gap="xs">
      {shown.length === 0 && removed.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('form.extra.none')}
        </Text>
      )}
      {shown.map((row) => (
        <ExtraParam
          key={row.id}
          row={row}
          takesFocus={row.id === added}
          onChange={(part) => change(row.id, part)}
          onRemove={() =>
            form.setFieldValue(
              'extra',
              rows.filter(({ id }) => id !== row.id),
            )
          }
        />
      ))}
      {removed.map((row) => (
        <div key={row.id}>
          <Text size="sm" td="line-through" c="dimmed" className={css.mono}>
            {row.key}
          </Text>
          <ChangedMark field={row.key} was={row.text} onRestore={() => form.setFieldValue('extra', [...rows, row])} />
        </div>
      ))}
      {problem !== undefined && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
      <div>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          {t('form.extra.add')}
        </Button>
      </div>
    </Stack>
  );
}

interface ExtraParamProps {
  row: ExtraRow;
  /** It has just been asked for. */
  takesFocus: boolean;
  onChange: (part: Partial<ExtraRow>) => void;
  onRemove: () => void;
}

function ExtraParam({ row, takesFocus, onChange, onRemove }: ExtraParamProps) {
  const { t } = useTranslation();
  const { problemAt, touch, original } = useTaskForm();
  const place = extraPlace(row.id);
  const done = () => touch(place);
  const problem = problemAt(place);
  const before = original?.extra.find(({ key }) => key === row.key.trim());
  const changed =
    original !== null && row.key.trim() !== '' && (before === undefined || before.text !== row.text || before.type !== row.type);
  const retype = (type: ExtraType): void => {
    onChange({ type, text: type === 'boolean' ? String(row.text === 'true') : row.text });
    done();
  };

  return (
    <div className={css.field} data-changed={changed || undefined} data-place={place}>
      <div className={css.extraRow}>
        <TextInput
          aria-label={t('form.extra.key')}
          placeholder={t('form.extra.key')}
          value={row.key}
          autoFocus={takesFocus}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: css.mono }}
          onBlur={done}
          error={problem}
          onChange={(event) => onChange({ key: event.currentTarget.value })}
        />
        <Select
          aria-label={t('form.extra.type')}
          value={row.type}
          allowDeselect={false}
          data={EXTRA_TYPES.map((type) => ({ value: type, label: t(`form.extra.${type}`) }))}
          onChange={(type) => {
            if (type !== null) retype(type);
          }}
        />
        {row.type === 'boolean' ? (
          <Select
            className={css.extraValue}
            aria-label={t('form.extra.value')}
            value={row.text}
            allowDeselect={false}
            data={[
              { value: 'true', label: t('value.yes') },
              { value: 'false', label: t('value.no') },
            ]}
            onChange={(text) => onChange({ text: text ?? 'false' })}
          />
        ) : (
          <TextInput
            className={css.extraValue}
            aria-label={t('form.extra.value')}
            placeholder={t('form.extra.value')}
            value={row.text}
            spellCheck={false}
            autoComplete="off"
            classNames={{ input: css.mono }}
            onBlur={done}
            aria-invalid={problem !== undefined}
            onChange={(event) => onChange({ text: event.currentTarget.value })}
          />
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          mt={3}
          aria-label={t('form.extra.remove', { key: row.key === '' ? t('form.extra.unnamed') : row.key })}
          onClick={onRemove}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </div>
      {changed && (
        <ChangedMark
          field={row.key}
          was={before?.text ?? ''}
          onRestore={() => (before === undefined ? onRemove() : onChange({ text: before.text, type: before.type }))}
        />
      )}
    </div>
  );
}
