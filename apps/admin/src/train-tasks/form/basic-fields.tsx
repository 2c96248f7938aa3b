import { Select, Textarea, TextInput } from '@mantine/core';
import type { TrainerDto } from '@lora-ledger/contracts';
import { defaultName } from '@lora-ledger/training';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TagField } from './tag-field.js';
import { ChangedMark } from './changed-mark.js';
import { readExtra, type FormValues } from './form-model.js';
import { useTaskForm } from './task-form-context.js';
import css from './task-form.module.css';
import { applyTrainer, restoreTrainer } from './trainer-defaults.js';

const ORDER = ['label', 'input', 'error', 'description'] as const;

type BasicField = 'trainer' | 'name' | 'tags' | 'description';

/** Which trainer, and what people call the task. */
export function BasicFields({ trainers }: { trainers: readonly TrainerDto[] }) {
  const { t } = useTranslation();
  const { form, problemAt, original } = useTaskForm();
  const { values } = form;
  const trainerOf = (name: string | null) => trainers.find((trainer) => trainer.name === name);
  const choose = (name: string | null): void => {
    const next = trainerOf(name);
    if (next !== undefined) form.setValues(applyTrainer(values, trainerOf(values.trainer), next));
  };
  const titleOf = (name: string) => trainerOf(name)?.title ?? name;
  const optional = (field: BasicField) => (
    <>
      {t(`form.field.${field}`)}
      <span className={css.optional}> {t('form.optional')}</span>
    </>
  );
  /** What every field here has in common, with the mark of one that differs from the original. */
  const common = (field: BasicField, text: (of: FormValues) => string, restore: ((to: FormValues) => void) | null) => {
    const changed = original !== null && text(original) !== text(values);
    return {
      inputWrapperOrder: [...ORDER],
      className: css.field,
      wrapperProps: { 'data-changed': changed || undefined },
      'data-place': field,
      error: problemAt(field),
      inputContainer: (input: ReactNode) => (
        <>
          {input}
          {changed && (
            <ChangedMark
              field={t(`form.field.${field}`)}
              was={text(original)}
              onRestore={restore === null ? null : () => restore(original)}
            />
          )}
        </>
      ),
    };
  };
  const formerTrainer = trainerOf(original?.trainer ?? null);

  return (
    <>
      <Select
        label={t('form.field.trainer')}
        description={t('form.help.trainer')}
        allowDeselect={false}
        {...common(
          'trainer',
          ({ trainer }) => titleOf(trainer),
          formerTrainer === undefined
            ? null
            : (former) => form.setValues(restoreTrainer(values, former, trainerOf(values.trainer), formerTrainer)),
        )}
        className={`${css.field} ${css.trainer}`}
        data={trainers.map(({ name, title }) => ({ value: name, label: title }))}
        value={values.trainer}
        onChange={choose}
      />
      <TextInput
        label={optional('name')}
        description={t('form.help.name')}
        autoComplete="off"
        placeholder={madeName(values.config)}
        {...form.getInputProps('name', { withError: false })}
        {...common(
          'name',
          ({ name }) => name.trim(),
          ({ name }) => form.setFieldValue('name', name),
        )}
      />
      <TagField
        label={optional('tags')}
        description={t('form.help.tags')}
        {...form.getInputProps('tags', { withError: false })}
        {...common(
          'tags',
          ({ tags }) => tags.join(', '),
          ({ tags }) => form.setFieldValue('tags', tags),
        )}
      />
      <Textarea
        label={optional('description')}
        autosize
        minRows={1}
        maxRows={6}
        placeholder={t('form.help.description')}
        {...form.getInputProps('description', { withError: false })}
        {...common(
          'description',
          ({ description }) => description.trim(),
          ({ description }) => form.setFieldValue('description', description),
        )}
        className={`${css.field} ${css.wide}`}
      />
    </>
  );
}

/** The name the task will have when it is given none, once model and rank are there. */
function madeName({ modelName, loraRank }: { modelName: string; loraRank: string }): string | undefined {
  const rank = readExtra({ type: 'number', text: loraRank });
  return modelName.trim() === '' || typeof rank !== 'number' ? undefined : defaultName({ modelName: modelName.trim(), loraRank: rank });
}
