import { ActionIcon, Select, Switch, TagsInput, Text, Textarea, TextInput, Title, Tooltip } from '@mantine/core';
import type { TrainerDto } from '@lora-ledger/contracts';
import { IconDice5 } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { ConfigField } from './config-field.js';
import { ExtraParamsEditor } from './extra-params-editor.js';
import { readExtra } from './form-model.js';
import { useTaskForm } from './task-form-context.js';
import css from './task-form.module.css';
import { applyTrainer } from './trainer-defaults.js';

const SEED_MAX = 2 ** 31;

/** All fields of a task, in the order in which people think about a training. */
export function FormSections({ trainers }: { trainers: readonly TrainerDto[] }) {
  return (
    <>
      <Basics trainers={trainers} />
      <Section name="model">
        <ConfigField name="modelName" />
        <ConfigField name="modelPath" />
        <ConfigField name="trainDataDir" />
        <ConfigField name="metadataPath" />
        <ConfigField name="outputPath" />
      </Section>
      <Adapter />
      <Learning />
      <Resume />
      <Section name="extra"><div className={css.wide}><ExtraParamsEditor /></div></Section>
    </>
  );
}

function Section({ name, children }: { name: 'basics' | 'model' | 'adapter' | 'schedule' | 'resume' | 'extra'; children: ReactNode }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.sectionHead}>
        <Title order={2} fz={16} id={id}>{t(`form.section.${name}`)}</Title>
        <Text size="sm" c="dimmed">{t(`form.section.${name}Text`)}</Text>
      </div>
      <div className={css.fields}>{children}</div>
    </section>
  );
}

function Basics({ trainers }: { trainers: readonly TrainerDto[] }) {
  const { t } = useTranslation();
  const { form, problemAt } = useTaskForm();
  const { values } = form;
  const choose = (name: string | null): void => {
    const next = trainers.find((trainer) => trainer.name === name);
    if (next !== undefined) form.setValues(applyTrainer(values, trainers.find((trainer) => trainer.name === values.trainer), next));
  };
  const optional = (field: 'name' | 'description' | 'tags') => <>{t(`form.field.${field}`)}<span className={css.optional}> {t('form.optional')}</span></>;
  return (
    <Section name="basics">
      <Select
        label={t('form.field.trainer')} description={t('form.help.trainer')} inputWrapperOrder={['label', 'input', 'error', 'description']} allowDeselect={false} data-place="trainer"
        data={trainers.map(({ name, title }) => ({ value: name, label: title }))} value={values.trainer} error={problemAt('trainer')} onChange={choose}
      />
      <TextInput label={optional('name')} description={t('form.help.name')} inputWrapperOrder={['label', 'input', 'error', 'description']} autoComplete="off" data-place="name" error={problemAt('name')} {...form.getInputProps('name', { withError: false })} />
      <TagsInput label={optional('tags')} description={t('form.help.tags')} inputWrapperOrder={['label', 'input', 'error', 'description']} data-place="tags" error={problemAt('tags')} {...form.getInputProps('tags', { withError: false })} />
      <Textarea className={css.wide} label={optional('description')} autosize minRows={1} maxRows={6} placeholder={t('form.help.description')} data-place="description" error={problemAt('description')} {...form.getInputProps('description', { withError: false })} />
    </Section>
  );
}

function Adapter() {
  const { t } = useTranslation();
  const format = useFormat();
  const { loraRank, loraAlpha } = useTaskForm().form.values.config;
  const [rank, alpha] = [readExtra({ type: 'number', text: loraRank }), readExtra({ type: 'number', text: loraAlpha })];
  const scale = typeof rank === 'number' && rank > 0 && typeof alpha === 'number' ? alpha / rank : null;
  return (
    <Section name="adapter">
      <ConfigField name="loraRank" />
      <ConfigField name="loraAlpha" placeholder={t('form.defaultAlpha')} extraWidth={96} extra={scale === null ? undefined : <Text size="xs" c="dimmed" className="tabular">{t('form.scale', { value: format.value(scale) })}</Text>} />
    </Section>
  );
}

function Learning() {
  const { t } = useTranslation();
  const { form } = useTaskForm();
  const dice = (
    <Tooltip label={t('form.randomSeed')}>
      <ActionIcon variant="subtle" color="gray" aria-label={t('form.randomSeed')} onClick={() => form.setFieldValue('config.seed', String(Math.floor(Math.random() * SEED_MAX)))}><IconDice5 size={17} aria-hidden /></ActionIcon>
    </Tooltip>
  );
  return (
    <Section name="schedule">
      <ConfigField name="learningRate" />
      <ConfigField name="batchSize" />
      <ConfigField name="epochs" />
      <ConfigField name="maxSteps" />
      <ConfigField name="seed" extra={dice} />
    </Section>
  );
}

function Resume() {
  const { t } = useTranslation();
  const { form } = useTaskForm();
  return (
    <Section name="resume">
      <Switch label={t('form.field.incremental')} description={t('form.help.incremental')} mt={6} checked={form.values.incremental} onChange={(event) => form.setFieldValue('incremental', event.currentTarget.checked)} />
      <ConfigField name="resumeFrom" />
    </Section>
  );
}
