import { TextInput } from '@mantine/core';
import { CONFIG_FIELDS, type ConfigField as ConfigFieldRule } from '@lora-ledger/training';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangedMark } from './changed-mark.js';
import { OriginMark } from './origin-mark.js';
import type { TextFieldName } from './form-model.js';
import { useTaskForm } from './task-form-context.js';
import css from './task-form.module.css';

interface ConfigFieldProps {
  name: TextFieldName;
  placeholder?: string;
  /** Stands at the end of the input. */
  extra?: ReactNode;
  /** Pixels for it. */
  extraWidth?: number;
}

/** One parameter: label, help, rule check while typing, and what it was when a task is cloned. */
export function ConfigField({ name, placeholder, extra, extraWidth }: ConfigFieldProps) {
  const { t } = useTranslation();
  const { form, problemAt, touch, original, originOf } = useTaskForm();
  const rule: ConfigFieldRule = CONFIG_FIELDS[name];
  const value = form.values.config[name];
  const set = (text: string): void => {
    form.setFieldValue(`config.${name}`, text);
    if (text !== '') touch(name);
  };
  const changed = original !== null && original.config[name].trim() !== value.trim();
  const origin = originOf(name);
  const label = t(`form.field.${name}`);

  return (
    <TextInput
      label={
        <>
          {label}
          {!rule.required && <span className={css.optional}> {t('form.optional')}</span>}
        </>
      }
      description={t(`form.help.${name}`)}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      placeholder={placeholder}
      value={value}
      error={problemAt(name)}
      required={rule.required}
      withAsterisk={false}
      spellCheck={false}
      autoComplete="off"
      inputMode={rule.kind === 'integer' ? 'numeric' : undefined}
      classNames={{ input: rule.kind === 'path' ? css.mono : rule.kind === 'text' ? '' : css.number }}
      wrapperProps={{ 'data-changed': changed || undefined }}
      className={css.field}
      data-place={name}
      onChange={(event) => set(event.currentTarget.value)}
      onBlur={() => {
        if (value !== '') touch(name);
      }}
      rightSection={extra}
      rightSectionWidth={extra === undefined ? undefined : extraWidth}
      rightSectionPointerEvents="all"
      inputContainer={(input) => (
        <>
          {input}
          {changed && <ChangedMark field={label} was={original.config[name]} onRestore={() => set(original.config[name])} />}
          {origin !== undefined && <OriginMark origin={origin} />}
        </>
      )}
    />
  );
}
