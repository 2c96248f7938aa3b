import { Alert, Stack, Text, Textarea, Title } from '@mantine/core';
import type { TrainerDto, TrainTaskDetail } from '@lora-ledger/contracts';
import { IconAlertCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkAnchor } from '../../ui/links.js';
import { Page } from '../../ui/page.js';
import { problemText } from '../../ui/problem-text.js';
import { useShown } from '../../ui/use-shown.js';
import { useCloneTask } from '../mutations.js';
import { taskOptions, trainersOptions } from '../queries.js';
import { ChangeList } from './change-list.js';
import type { CloneSearch } from './clone-search.js';
import { cloneOverrides, originalValues, startValues } from './clone-start.js';
import { ConfigFileDrop } from './config-file-drop.js';
import { findChanges, isExperimental, isWording } from './draft-diff.js';
import { DropOverlay } from './drop-overlay.js';
import { toRequest } from './form-model.js';
import { handIn, submittedSource } from './hand-in.js';
import { FormSkeleton } from './new-task-page.js';
import { TaskForm } from './task-form.js';
import css from './task-form.module.css';
import { useFileReader } from './use-file-reader.js';
import { useTaskFormState } from './use-task-form-state.js';
import { useTellOfDrafts } from './use-tell-of-drafts.js';
import { useUndoableFill } from './use-undoable-fill.js';

const route = getRouteApi('/signed-in/tasks/$taskId/clone');

export function ClonePage() {
  const { t } = useTranslation();
  const { taskId } = route.useParams();
  const search = route.useSearch();
  const task = useQuery(taskOptions(taskId));
  const trainers = useQuery(trainersOptions);
  const error = task.error ?? trainers.error;
  const ready = task.data !== undefined && trainers.data !== undefined;
  return (
    <Page title={t('form.cloneTitle', { name: task.data?.name ?? '…' })}>
      {error !== null && !ready && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
          {problemText(t, error)}
        </Alert>
      )}
      {ready ? (
        <CloneForm key={`${taskId} ${search.with}`} search={search} task={task.data} trainers={trainers.data.items} />
      ) : (
        <FormSkeleton />
      )}
    </Page>
  );
}

function CloneForm({ task, trainers, search }: { task: TrainTaskDetail; trainers: readonly TrainerDto[]; search: CloneSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const clone = useCloneTask(task.taskId);
  const original = useMemo(() => originalValues(task), [task]);
  const [initial] = useState(() => startValues(task, search, trainers));
  // What a link fills in must not be hidden by an older draft, nor take its place.
  const draftName = `clone.${task.taskId}${search.with === undefined ? '' : `.${search.with}`}`;
  const control = useTaskFormState(draftName, initial, original);
  const changes = useMemo(() => findChanges(toRequest(original), toRequest(control.values)), [original, control.values]);
  const experimental = changes.filter(isExperimental);
  const words = changes.filter(isWording);
  const files = useFileReader();
  const file = useUndoableFill(control, trainers);
  const receive = (chosen: readonly File[]) =>
    void files.read(chosen, {
      base: control.values,
      current: control.values,
      room: null,
      add: () => [],
      fill: (draft) => {
        file.fill(draft);
        return draftName;
      },
    });

  const shown = useShown();
  const tellOfDrafts = useTellOfDrafts();
  const submit = async (): Promise<void> => {
    const source = submittedSource(control.draft);
    const request = {
      overrides: { ...cloneOverrides(original, control.values), ...(source === null ? {} : { source }) },
      note: control.values.note.trim() || null,
    };
    try {
      const { answer, isFinished } = await handIn(draftName, control.draft, request, (idempotencyKey) =>
        clone.mutateAsync({ request, idempotencyKey }),
      );
      if (shown.current && isFinished) void navigate({ to: '/tasks/$taskId', params: { taskId: answer.taskId } });
      else tellOfDrafts.queued(answer.name, answer.taskId);
    } catch (error) {
      control.refuse(error);
    }
  };

  const summary = (
    <Stack gap="sm" mb="md">
      <div>
        <Title order={2} fz={16}>
          <span role="status">{t('form.clone.changes', { count: experimental.length })}</span>
        </Title>
        <Text size="xs" c="dimmed">
          {t('form.clone.source')}
          {t('value.colon')}
          <LinkAnchor underline="always" to="/tasks/$taskId" params={{ taskId: task.taskId }} inherit>
            {task.name}
          </LinkAnchor>
        </Text>
      </div>
      {experimental.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('form.clone.same')}
        </Text>
      ) : (
        <ChangeList changes={experimental} />
      )}
      {words.length > 0 && (
        <div>
          <Text size="xs" c="dimmed" mb={4}>
            {t('form.clone.words')}
          </Text>
          <ChangeList changes={words} />
        </div>
      )}
      <Textarea
        label={t('form.field.note')}
        description={t('form.help.note')}
        autosize
        minRows={2}
        maxRows={8}
        className={css.field}
        error={control.problemAt('note')}
        {...control.form.getInputProps('note', { withError: false })}
      />
    </Stack>
  );
  return (
    <>
      <DropOverlay onFiles={receive} label={t('form.clone.release')} />
      <TaskForm
        control={control}
        trainers={trainers}
        submitLabel={t('form.submitClone')}
        submitting={clone.isPending}
        error={clone.error}
        onSubmit={() => void submit()}
        summary={summary}
        aside={
          <ConfigFileDrop
            several={false}
            onFiles={receive}
            reading={files.isReading}
            report={control.report}
            failures={files.failures}
            onUndo={file.undo}
          />
        }
      />
    </>
  );
}
