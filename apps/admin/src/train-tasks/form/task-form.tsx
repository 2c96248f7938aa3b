import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { TrainerDto } from '@lora-ledger/contracts';
import { IconAlertCircle, IconCode, IconHistory, IconPlayerPlay } from '@tabler/icons-react';
import { useBlocker } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyHelp, type KeyHelp } from '../../ui/key-help.js';
import { problemText } from '../../ui/problem-text.js';
import { readStored, writeStored } from '../../ui/stored.js';
import { Time } from '../../ui/time.js';
import { FormSections } from './form-sections.js';
import { SameExperiment } from './same-experiment.js';
import { TaskFormContext } from './task-form-context.js';
import css from './task-form.module.css';
import type { TaskFormControl } from './use-task-form-state.js';

const SourcePanel = lazy(async () => ({ default: (await import('./source-panel.js')).SourcePanel }));
const KEYS: readonly KeyHelp[] = [{ name: 'submit', keys: ['Ctrl/⌘ Enter'] }];
const SOURCE_SHOWN = 'lora-ledger.form-source';

interface TaskFormProps {
  control: TaskFormControl;
  trainers: readonly TrainerDto[];
  submitLabel: string;
  submitting: boolean;
  error: unknown;
  onSubmit: () => void;
  /** Above the button: a file to fill the form from, or what has been changed. */
  aside: ReactNode;
  /** Inside the card with the button. */
  summary?: ReactNode;
}

/** The form around its fields: what came back from last time, its source, what is wrong, and the button, always in sight on a wide screen. */
export function TaskForm({ control, trainers, submitLabel, submitting, error, onSubmit, aside, summary }: TaskFormProps) {
  const { t } = useTranslation();
  const element = useRef<HTMLFormElement>(null);
  const isWide = useMediaQuery('(min-width: 75em)', false, { getInitialValueInEffect: false });
  const [wanted, setWanted] = useState(() => readStored(SOURCE_SHOWN));
  const sourceShown = typeof wanted === 'boolean' ? wanted : isWide;
  const unreadable = control.source !== null && control.source.key === null;
  /** Brings what was typed into the source into the form at once. */
  const settle = useRef(() => {});
  const handIn = useRef(() => {});
  useEffect(() => {
    handIn.current = () => {
      if (submitting) return;
      if (control.attempt() && !unreadable) onSubmit();
      // After the problems are drawn.
      else requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    };
  });
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    settle.current();
    // The values that were settled are there with the next drawing.
    setTimeout(() => handIn.current());
  };
  useKeyHelp(KEYS);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    submit();
  };
  const toggleSource = (): void => {
    setWanted(!sourceShown);
    writeStored(SOURCE_SHOWN, !sourceShown);
  };
  useBlocker({ shouldBlockFn: () => control.wouldLose() && !window.confirm(t('form.leave')), enableBeforeUnload: control.wouldLose });
  const fallback = trainers.find(({ name }) => name === control.values.trainer)?.format ?? 'ledger';

  return (
    <TaskFormContext value={control}>
      <form ref={element} onSubmit={submit} onKeyDown={onKeyDown} noValidate className={css.layout} data-source={sourceShown || undefined}>
        <Stack gap="md">
          {control.restoredFrom !== null && (
            <Alert variant="light" icon={<IconHistory />} py="xs" role="status">
              <Group justify="space-between" gap="xs">
                <Text size="sm">
                  <RestoredText at={control.restoredFrom} />
                </Text>
                <Button size="compact-sm" variant="subtle" onClick={control.startOver}>
                  {t('form.startOver')}
                </Button>
              </Group>
            </Alert>
          )}
          <FormSections trainers={trainers} />
        </Stack>
        <Stack gap="md" className={css.aside}>
          {aside}
          <div className={css.submit}>
            {summary}
            <SameExperiment values={control.values} />
            <div aria-live="assertive" className={css.trouble}>
              {error !== null && (
                <Alert color="red" variant="light" icon={<IconAlertCircle />} p="xs">
                  <Text size="sm">{problemText(t, error)}</Text>
                </Alert>
              )}
              {error === null && control.shownProblems > 0 && (
                <Text size="sm" c="var(--mantine-color-error)">
                  {t('form.problems', { count: control.shownProblems })}
                </Text>
              )}
              {unreadable && (
                <Text size="sm" c="var(--mantine-color-error)">
                  {t('form.source.unreadable')}
                </Text>
              )}
            </div>
            <Group gap="xs">
              <Button
                type="submit"
                flex="1 0 auto"
                loading={submitting}
                leftSection={<IconPlayerPlay size={16} aria-hidden />}
                title="Ctrl+Enter"
              >
                {submitLabel}
              </Button>
              <Button variant="default" aria-pressed={sourceShown} leftSection={<IconCode size={16} aria-hidden />} onClick={toggleSource}>
                {t(sourceShown ? 'form.source.hide' : 'form.source.show')}
              </Button>
            </Group>
          </div>
          {sourceShown && (
            <Suspense fallback={<div className={css.sourcePlace} />}>
              <SourcePanel control={control} fallback={fallback} settleRef={settle} onSubmit={submit} />
            </Suspense>
          )}
        </Stack>
      </form>
    </TaskFormContext>
  );
}

function RestoredText({ at }: { at: string }) {
  const { t } = useTranslation();
  const [before = '', after = ''] = t('form.draftRestored', { when: '\u0000' }).split('\u0000');
  return (
    <>
      {before}
      <Time at={at} relative />
      {after}
    </>
  );
}
