import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { TrainerDto } from '@lora-ledger/contracts';
import { IconAlertCircle, IconHistory, IconPlayerPlay } from '@tabler/icons-react';
import { useRef, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../ui/problem-text.js';
import { Time } from '../../ui/time.js';
import { FormSections } from './form-sections.js';
import { TaskFormContext } from './task-form-context.js';
import css from './task-form.module.css';
import type { TaskFormControl } from './use-task-form-state.js';

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

/** The form around its fields: what came back from last time, what is wrong, and the button, always in sight on a wide screen. */
export function TaskForm({ control, trainers, submitLabel, submitting, error, onSubmit, aside, summary }: TaskFormProps) {
  const { t } = useTranslation();
  const element = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (control.attempt()) onSubmit();
    // After the problems are drawn.
    else requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };

  return (
    <TaskFormContext value={control}>
      <form ref={element} onSubmit={submit} noValidate className={css.layout}>
        <Stack gap="md">
          {control.restoredFrom !== null && (
            <Alert variant="light" icon={<IconHistory />} py="xs" role="status">
              <Group justify="space-between" gap="xs">
                <Text size="sm"><RestoredText at={control.restoredFrom} /></Text>
                <Button size="compact-sm" variant="subtle" onClick={control.startOver}>{t('form.startOver')}</Button>
              </Group>
            </Alert>
          )}
          <FormSections trainers={trainers} />
        </Stack>
        <Stack gap="md" className={css.aside}>
          {aside}
          <div className={css.submit}>
            {summary}
            <div aria-live="assertive" className={css.trouble}>
              {error !== null && (
                <Alert color="red" variant="light" icon={<IconAlertCircle />} p="xs">
                  <Text size="sm">{problemText(t, error)}</Text>
                  {control.otherComplaints.map((complaint) => <Text key={complaint} size="xs" mt={4}>{complaint}</Text>)}
                </Alert>
              )}
              {error === null && control.shownProblems > 0 && <Text size="sm" c="var(--mantine-color-error)">{t('form.problems', { count: control.shownProblems })}</Text>}
            </div>
            <Button type="submit" loading={submitting} leftSection={<IconPlayerPlay size={16} aria-hidden />}>{submitLabel}</Button>
          </div>
        </Stack>
      </form>
    </TaskFormContext>
  );
}

function RestoredText({ at }: { at: string }) {
  const { t } = useTranslation();
  const [before = '', after = ''] = t('form.draftRestored', { when: '\u0000' }).split('\u0000');
  return <>{before}<Time at={at} relative />{after}</>;
}
