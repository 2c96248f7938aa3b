import type { TrainerDto } from '@lora-ledger/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../ui/problem-text.js';
import { useTell } from '../../ui/use-tell.js';
import { useCreateTask } from '../mutations.js';
import { ConfigFileDrop } from './config-file-drop.js';
import { DraftStrip, type DraftTab } from './draft-strip.js';
import { readDraft, type Draft } from './draft-store.js';
import { addDrafts, keepTray, readTray, restoreDraft, withoutDraft, type Tray } from './draft-tray.js';
import { DropOverlay } from './drop-overlay.js';
import { toValues, type FormValues } from './form-model.js';
import { findProblems } from './form-problems.js';
import { requestOf, useIdempotencyKey } from './hand-in.js';
import { TaskForm } from './task-form.js';
import { applyTrainer } from './trainer-defaults.js';
import { useTellOfDrafts } from './use-tell-of-drafts.js';
import { useFileReader, type FileReading } from './use-file-reader.js';
import { useTaskFormState } from './use-task-form-state.js';
import { useUndoableFill } from './use-undoable-fill.js';
import { WeightsOffer } from './weights-offer.js';

/** One form, or several drafts beside each other. */
export function NewTasks({ trainers }: { trainers: readonly TrainerDto[] }) {
  const [first] = trainers;
  const [initial] = useState(() => (first === undefined ? toValues({}) : applyTrainer(toValues({}), undefined, first)));
  const [tray, setTray] = useState(readTray);
  useEffect(() => keepTray(tray), [tray]);
  const files = useFileReader();
  const [openedAt] = useState(() => new Date().toISOString());
  return (
    <NewTaskForm key={tray.active} trainers={trainers} initial={initial} tray={tray} onTray={setTray} files={files} openedAt={openedAt} />
  );
}

interface NewTaskFormProps {
  trainers: readonly TrainerDto[];
  initial: FormValues;
  tray: Tray;
  onTray: (tray: Tray) => void;
  files: FileReading;
  openedAt: string;
}

function NewTaskForm({ trainers, initial, tray, onTray, files, openedAt }: NewTaskFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const tell = useTell();
  const tellOfDrafts = useTellOfDrafts();
  const create = useCreateTask();
  const keyFor = useIdempotencyKey();
  const { active, names } = tray;
  const control = useTaskFormState(active, initial, null, openedAt);
  const file = useUndoableFill(control);
  const [submittingAll, setSubmittingAll] = useState(false);

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
        const next = addDrafts(tray, drafts, replaced);
        onTray(next);
        return next.names.slice(-drafts.length);
      },
    });
  useEffect(() => files.takeWaiting(receive));

  const handedIn = (name: string, from: Tray): Tray => {
    if (name === active) control.finish();
    return withoutDraft(from, name);
  };
  const submit = (): void => {
    const request = requestOf(control.draft);
    create.mutate(
      { request, idempotencyKey: keyFor(active, request) },
      {
        onSuccess: ({ taskId, name }) => {
          onTray(handedIn(active, tray));
          if (names.length > 1) tellOfDrafts.queued(name, taskId);
          else void navigate({ to: '/tasks/$taskId', params: { taskId } });
        },
        onError: control.refuse,
      },
    );
  };
  const submitAll = async (): Promise<void> => {
    setSubmittingAll(true);
    let [left, done] = [tray, 0];
    for (const { name } of tabs.filter(({ problems }) => problems === 0)) {
      const request = requestOf(draftOf(name));
      try {
        await create.mutateAsync({ request, idempotencyKey: keyFor(name, request) });
        left = handedIn(name, left);
        done += 1;
      } catch (error) {
        tell.refused(`${tabs.find((tab) => tab.name === name)?.title ?? ''}: ${problemText(t, error)}`);
      }
    }
    setSubmittingAll(false);
    const open = names.length - done;
    if (done > 0)
      tell.done(`${t('form.drafts.submitted', { count: done })}. ${open === 0 ? '' : t('form.drafts.notReady', { count: open })}`);
    onTray(left);
    if (open === 0) void navigate({ to: '/tasks' });
  };
  const remove = (name: string): void => {
    const [at, draft, title] = [names.indexOf(name), draftOf(name), tabs.find((tab) => tab.name === name)?.title ?? ''];
    if (name === active) control.finish();
    onTray(withoutDraft(tray, name));
    tellOfDrafts.removed(title, () => onTray(restoreDraft(readTray(), name, at, draft)));
  };

  return (
    <>
      <DropOverlay onFiles={receive} />
      {names.length > 1 && (
        <DraftStrip
          tabs={tabs}
          active={active}
          submitting={submittingAll}
          onSelect={(name) => onTray({ names, active: name })}
          onRemove={remove}
          onAdd={() => onTray(addDrafts(tray, [{ values: initial, source: null, report: null }], null))}
          onSubmitAll={() => void submitAll()}
        />
      )}
      <TaskForm
        control={control}
        trainers={trainers}
        submitLabel={t('form.submit')}
        submitting={create.isPending}
        error={submittingAll ? null : create.error}
        onSubmit={submit}
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
                  onTray(handedIn(active, tray));
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
