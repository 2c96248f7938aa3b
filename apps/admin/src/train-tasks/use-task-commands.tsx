import { notifications } from '@mantine/notifications';
import type { TrainTaskDetail, TrainTaskSummary } from '@lora-ledger/contracts';
import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../ui/ask.js';
import { problemText } from '../ui/problem-text.js';
import { tellDone } from '../ui/undo-message.js';
import { useTaskAction, type ActionOutcome, type DirectAction } from './mutations.js';

type Actionable = Pick<TrainTaskSummary, 'taskId' | 'name' | 'actions'>;
type Perform = (request: { action: DirectAction; taskIds: readonly string[] }) => Promise<ActionOutcome>;
type OnDone = (answer: TrainTaskDetail | undefined) => void;

/**
 * Doing something to one task or many, with everything people expect around it: only what qualifies is touched, stopping a run is
 * asked about first, the trash can be undone, and what failed is said.
 */
export function useTaskCommands(): { run: (action: DirectAction, tasks: readonly Actionable[], onDone?: OnDone) => void; busy: boolean } {
  const { t } = useTranslation();
  const { mutateAsync, isPending } = useTaskAction();

  const run = useCallback(
    (action: DirectAction, tasks: readonly Actionable[], onDone?: OnDone) => {
      const taskIds = tasks.filter((task) => task.actions.includes(action)).map(({ taskId }) => taskId);
      if (taskIds.length === 0) {
        notifications.show({ color: 'orange', message: t('bulk.none', { count: tasks.length, action: t(`task.action.${action}`) }) });
        return;
      }
      const go = () => void performAndTell(mutateAsync, t, action, taskIds, onDone);
      if (action !== 'cancel') {
        go();
        return;
      }
      askToCancel(t, taskIds.length, go);
    },
    [mutateAsync, t],
  );

  return { run, busy: isPending };
}

/** A run that is cut off cannot be taken up again. */
export function askToCancel(t: TFunction, count: number, onConfirm: () => void): void {
  ask(t, {
    title: t('task.confirmCancel.title', { count }),
    text: t('task.confirmCancel.text'),
    confirm: t('task.confirmCancel.confirm'),
    back: t('task.confirmCancel.keep'),
    isGrave: true,
    onConfirm,
  });
}

/** Independent of the page it was started on: people may have gone on when the answer comes or when they undo. */
async function performAndTell(
  perform: Perform,
  t: TFunction,
  action: DirectAction,
  taskIds: readonly string[],
  onDone?: OnDone,
): Promise<void> {
  const { done, failed, answer } = await perform({ action, taskIds });
  const [reason] = failed;
  if (reason !== undefined)
    notifications.show({ color: 'red', message: t('task.done.failed', { count: failed.length, detail: problemText(t, reason) }) });
  if (done.length === 0) return;
  tellDone(
    t,
    t(`task.done.${action}`, { count: done.length }),
    action === 'trash' ? () => void performAndTell(perform, t, 'restore', done) : undefined,
  );
  onDone?.(answer);
}
