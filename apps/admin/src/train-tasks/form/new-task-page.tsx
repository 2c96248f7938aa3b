import { Alert, Skeleton, Stack } from '@mantine/core';
import type { CreateTrainTask, TrainerDto } from '@lora-ledger/contracts';
import { IconAlertCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.js';
import { problemText } from '../../ui/problem-text.js';
import { randomId } from '../../ui/random-id.js';
import { useCreateTask } from '../mutations.js';
import { trainersOptions } from '../queries.js';
import { ConfigFileDrop } from './config-file-drop.js';
import { toRequest, toValues } from './form-model.js';
import { TaskForm } from './task-form.js';
import { applyTrainer, fillFromFile } from './trainer-defaults.js';
import { useTaskFormState } from './use-task-form-state.js';

export function NewTaskPage() {
  const { t } = useTranslation();
  const { data, error } = useQuery(trainersOptions);
  return (
    <Page title={t('form.newTitle')}>
      {error !== null && data === undefined && <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">{problemText(t, error)}</Alert>}
      {data === undefined ? <FormSkeleton /> : <NewTaskForm trainers={data.items} />}
    </Page>
  );
}

function NewTaskForm({ trainers }: { trainers: readonly TrainerDto[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const create = useCreateTask();
  const [first] = trainers;
  const [initial] = useState(() => (first === undefined ? toValues({}) : applyTrainer(toValues({}), undefined, first)));
  const control = useTaskFormState('new', initial, null);
  const [submission, setSubmission] = useState({ body: '', idempotencyKey: '' });

  const submit = (): void => {
    const request = toRequest(control.values) as unknown as CreateTrainTask;
    const body = JSON.stringify(request);
    // The same content again is the same submission, perhaps after a lost answer; other content is another one.
    const now = submission.body === body ? submission : { body, idempotencyKey: randomId() };
    setSubmission(now);
    create.mutate({ request, idempotencyKey: now.idempotencyKey }, {
      onSuccess: ({ taskId }) => {
        control.finish();
        void navigate({ to: '/tasks/$taskId', params: { taskId } });
      },
      onError: control.refuse,
    });
  };

  return (
    <TaskForm
      control={control} trainers={trainers} submitLabel={t('form.submit')} submitting={create.isPending} error={create.error} onSubmit={submit}
      aside={<ConfigFileDrop onDraft={(draft) => control.fill(fillFromFile(control.values, draft))} />}
    />
  );
}

export function FormSkeleton() {
  return <Stack gap="md" maw={820} aria-hidden><Skeleton height={190} radius="lg" /><Skeleton height={280} radius="lg" /><Skeleton height={160} radius="lg" /></Stack>;
}
