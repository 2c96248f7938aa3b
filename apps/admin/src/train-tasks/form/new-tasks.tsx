import type { TrainerDto } from '@lora-ledger/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../ui/problem-text.js';
import { useShown } from '../../ui/use-shown.js';
import { useTell } from '../../ui/use-tell.js';
import { useCreateTask } from '../mutations.js';
import { ConfigFileDrop } from './config-file-drop.js';
import { DraftStrip, type DraftTab } from './draft-strip.js';
import { keepDraft, readDraft, type Draft } from './draft-store.js';
import { addDrafts, restoreDraft, withoutDraft, type Tray } from './draft-tray.js';
import { DropOverlay } from './drop-overlay.js';
import { toValues, type FormValues } from './form-model.js';
import { findProblems } from './form-problems.js';
import { handIn, requestOf } from './hand-in.js';
import { TaskForm } from './task-form.js';
import { applyTrainer } from './trainer-defaults.js';
import { useTellOfDrafts } from './use-tell-of-drafts.js';
import { useFileReader, type FileReading } from './use-file-reader.js';
import { useTaskFormState } from './use-task-form-state.js';
import { useTray, type TrayChange } from './use-tray.js';
import { useUndoableFill } from './use-undoable-fill.js';
import { WeightsOffer } from './weights-offer.js';

/** One form, or several drafts beside each other. */
export function NewTasks({ trainers }: { trainers: readonly TrainerDto[] }) {
  const [first] = trainers;
  const [initial] = useState(() => (first === undefined ? toValues({}) : applyTrainer(toValues({}), undefined, first)));
  const { tray, change, isShown } = useTray();
  const [submittingAll, setSubmittingAll] = useState(false);
  const files = useFileReader();
  const [openedAt] = useState(() => new Date().toISOString());
  return (
    <NewTaskForm
      key={tray.active}
      trainers={trainers}
      initial={initial}
      tray={tray}
      onTray={change}
      files={files}
      openedAt={openedAt}
      submittingAll={submittingAll}
      onSubmittingAll={setSubmittingAll}
      isPageShown={isShown}
    />
  );
}

interface NewTaskFormProps {
  trainers: readonly TrainerDto[];
  initial: FormValues;
  tray: Tray;
  onTray: TrayChange;
  files: FileReading;
  openedAt: string;
  /** Outlives the form that began it, which goes with its draft. */
  submittingAll: boolean;
  onSubmittingAll: (now: boolean) => void;
  isPageShown: () => boolean;
}

function NewTaskForm({ trainers, initial, tray, onTray, files, openedAt, submittingAll, onSubmittingAll, isPageShown }: NewTaskFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const tell = useTell();
  const tellOfDrafts = useTellOfDrafts();
  const create = useCreateTask();
  const shown = useShown();
  const { active, names } = tray;
  const control = useTaskFormState(active, initial, null, openedAt);
  const file = useUndoableFill(control, trainers);

  const draftOf = (name: string): Draft =>
    name === active ? control.draft : (readDraft(name) ?? { values: initial, source: null, report: null });
  const others = useMemo(() => new Map(names.filter((name) => name !== active).map((name) => [name, readDraft(name)])), [names, active]);
  const tabs = names.map((name): DraftTab => {
    const { values, report } = name === active ? control.draft : (others.get(name) ?? { values: initial, report: null });
    const [own, model] = [values.name.trim(), values.config.modelName.trim()];
    return { name, title: own || report?.fileName || model || t('form.drafts.untitled'), problems: findProblems(values).size };
  });

  const receive = (chosen: readonly File[]) =>
    void files.read(chosen, {
      base: initial,
      current: control.report === null && control.source === null ? control.values : null,
      room: names.length,
      fill: (draft) => {
        file.fill(draft);
        return active;
      },
      add: (drafts) => {
        const replaced = control.untouched ? active : null;
        const next = onTray((now) => addDrafts(now, drafts, replaced));
        return next.names.slice(-drafts.length);
      },
    });
  useEffect(() => files.takeWaiting(receive));

  const submit = async (): Promise<void> => {
    const request = requestOf(control.draft);
    try {
      const { answer, isFinished } = await handIn(active, control.draft, request, (idempotencyKey) =>
        create.mutateAsync({ request, idempotencyKey }),
      );
      const leaves = shown.current && isFinished && names.length === 1;
      if (isFinished) onTray((now) => withoutDraft(now, active));
      if (leaves) void navigate({ to: '/tasks/$taskId', params: { taskId: answer.taskId } });
      else tellOfDrafts.queued(answer.name, answer.taskId);
    } catch (error) {
      control.refuse(error);
      if (!shown.current) tell.refused(`${tabs.find(({ name }) => name === active)?.title ?? ''}: ${problemText(t, error)}`);
    }
  };
  const submitAll = async (): Promise<void> => {
    onSubmittingAll(true);
    keepDraft(active, control.draft);
    let done = 0;
    for (const { name, title } of tabs.filter(({ problems }) => problems === 0)) {
      // As it is now: it may have been changed or removed since the button was pressed.
      const draft = readDraft(name);
      if (draft === undefined || findProblems(draft.values).size > 0) continue;
      const request = requestOf(draft);
      try {
        const { isFinished } = await handIn(name, draft, request, (idempotencyKey) => create.mutateAsync({ request, idempotencyKey }));
        if (isFinished) onTray((now) => withoutDraft(now, name));
        done += 1;
      } catch (error) {
        tell.refused(`${title}${t('value.colon')}${problemText(t, error)}`);
      }
    }
    onSubmittingAll(false);
    const open = onTray((now) => now).names.filter((name) => readDraft(name) !== undefined).length;
    if (done > 0)
      tell.done(`${t('form.drafts.submitted', { count: done })}. ${open === 0 ? '' : t('form.drafts.notReady', { count: open })}`);
    if (open === 0 && isPageShown()) void navigate({ to: '/tasks' });
  };
  const remove = (name: string): void => {
    const [at, draft, title] = [names.indexOf(name), draftOf(name), tabs.find((tab) => tab.name === name)?.title ?? ''];
    if (name === active) control.finish();
    onTray((now) => withoutDraft(now, name));
    tellOfDrafts.removed(title, () => onTray((now) => restoreDraft(now, name, at, draft)));
  };

  return (
    <>
      <DropOverlay onFiles={receive} />
      {names.length > 1 && (
        <DraftStrip
          tabs={tabs}
          active={active}
          submitting={submittingAll}
          onSelect={(name) => onTray((now) => ({ ...now, active: name }))}
          onRemove={remove}
          onAdd={() => onTray((now) => addDrafts(now, [{ values: initial, source: null, report: null }], null))}
          onSubmitAll={() => void submitAll()}
        />
      )}
      <TaskForm
        control={control}
        trainers={trainers}
        submitLabel={t('form.submit')}
        submitting={create.isPending}
        error={submittingAll ? null : create.error}
        onSubmit={() => void submit()}
        aside={
          <>
            <ConfigFileDrop
              several
              onFiles={receive}
              reading={files.isReading}
              report={control.report}
              failures={files.failures}
              onUndo={file.undo}
            />
            {control.report?.format === 'safetensors' && (
              <WeightsOffer
                key={control.report.fileName}
                control={control}
                draftName={active}
                onImported={({ taskId }) => {
                  tell.done(t('form.weights.imported'));
                  control.finish();
                  onTray((now) => withoutDraft(now, active));
                  if (names.length === 1) void navigate({ to: '/tasks/$taskId', params: { taskId } });
                }}
              />
            )}
          </>
        }
      />
    </>
  );
}
