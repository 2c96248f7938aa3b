import { ActionIcon, Switch, Text, Title, Tooltip } from '@mantine/core';
import type { TrainerDto } from '@lora-ledger/contracts';
import { IconDice5 } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { BasicFields } from './basic-fields.js';
import { ChangedMark } from './changed-mark.js';
import { ConfigField } from './config-field.js';
import { ExtraParamsEditor } from './extra-params-editor.js';
import { readExtra } from './form-model.js';
import { useTaskForm } from './task-form-context.js';
import css from './task-form.module.css';

const SEED_MAX = 2 ** 31;

/** All fields of a task, in the order in which people think about a training. */
export function FormSections({ trainers }: { trainers: readonly TrainerDto[] }) {
  return (
    <>
      <Section name="basics">
        <BasicFields trainers={trainers} />
      </Section>
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
      <Section name="extra">
        <div className={css.wide}>
          <ExtraParamsEditor />
        </div>
      </Section>
    </>
  );
}

function Section({ name, children }: { name: 'basics' | 'model' | 'adapter' | 'schedule' | 'resume' | 'extra'; children: ReactNode }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.sectionHead}>
        <Title order={2} fz={16} id={id}>
          {t(`form.section.${name}`)}
        </Title>
        <Text size="sm" c="dimmed">
          {t(`form.section.${name}Text`)}
        </Text>
      </div>
      <div className={css.fields}>{children}</div>
    </section>
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
      <ConfigField
        name="loraAlpha"
        placeholder={t('form.defaultAlpha')}
        extraWidth={96}
        extra={
          scale === null ? undefined : (
            <Text size="xs" c="dimmed" className="tabular">
              {t('form.scale', { value: format.value(scale) })}
            </Text>
          )
        }
      />
    </Section>
  );
}

function Learning() {
  const { t } = useTranslation();
  const { form } = useTaskForm();
  const dice = (
    <Tooltip label={t('form.randomSeed')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('form.randomSeed')}
        onClick={() => form.setFieldValue('config.seed', String(Math.floor(Math.random() * SEED_MAX)))}
      >
        <IconDice5 size={17} aria-hidden />
      </ActionIcon>
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
  const { form, original } = useTaskForm();
  const set = (on: boolean) => form.setFieldValue('incremental', on);
  return (
    <Section name="resume">
      <div>
        <Switch
          label={t('form.field.incremental')}
          description={t('form.help.incremental')}
          mt={6}
          checked={form.values.incremental}
          onChange={(event) => set(event.currentTarget.checked)}
        />
        {original !== null && original.incremental !== form.values.incremental && (
          <ChangedMark
            field={t('form.field.incremental')}
            was={t(original.incremental ? 'value.yes' : 'value.no')}
            onRestore={() => set(original.incremental)}
          />
        )}
      </div>
      <ConfigField name="resumeFrom" />
    </Section>
  );
}
