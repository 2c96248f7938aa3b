import { notifications } from '@mantine/notifications';
import type { BulkAction, BulkRequest } from '@lora-ledger/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../ui/ask.js';
import { problemText } from '../ui/problem-text.js';
import { tellDone } from '../ui/undo-message.js';
import { useFormat } from '../ui/use-format.js';
import { noteChanged, noteEnd, sendBulk } from './bulk.js';
import { showProgress } from './bulk-progress.js';
import { BulkRun, REMEMBERED_MAX } from './bulk-run.js';
import { askToCancel } from './use-task-commands.js';

const NAMED = 5;
/** From here on people are asked first, whatever the action. */
const ASK_FROM = 100;

/** The word for an action as single tasks have it. */
export const ACTION_WORDS = { delete: 'trash', restore: 'restore', cancel: 'cancel', retry: 'retry' } as const;

/** One action on a selection, with the question before, and after it what was done and what was left alone. `nameOf` names tasks on the page. */
export function useBulkCommands(nameOf: (taskId: string) => string | undefined): {
  run: (request: BulkRequest, count: number, onDone: () => void) => void;
  busy: boolean;
} {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const wordOf = (action: BulkAction) => (action === 'tag' ? t('bulk.tags') : t(`task.action.${ACTION_WORDS[action]}`));

  const tell = (action: BulkAction, { done, doneIds, skippedIds, total, isOver }: BulkRun): void => {
    if (skippedIds.length > 0) {
      const names = skippedIds
        .slice(0, NAMED)
        .map((taskId) => nameOf(taskId) ?? taskId.slice(0, 8))
        .join(', ');
      notifications.show({
        color: 'orange',
        message: t('bulk.skipped', {
          count: skippedIds.length,
          names: skippedIds.length > NAMED ? `${names} ${t('value.andMore', { count: skippedIds.length - NAMED })}` : names,
        }),
      });
    }
    if (done === 0) return;
    const said = action === 'tag' ? t('bulk.tagged', { count: done }) : t(`task.done.${ACTION_WORDS[action]}`, { count: done });
    const stopped = isOver ? '' : ` ${t('bulk.stopped', { formatted: format.count(Math.max(0, total - done)) })}`;
    const undo =
      action !== 'delete' || done > REMEMBERED_MAX
        ? undefined
        : () => void go(new BulkRun({ action: 'restore', taskIds: doneIds }, done, sendBulk), 'restore');
    tellDone(t, `${said}${stopped}`, undo);
  };
  /** Goes on after the page it was started on is gone; not after the tab is, which therefore asks. */
  const go = async (run: BulkRun, action: BulkAction): Promise<boolean> => {
    let message: string | undefined;
    const show = (problem?: string): void => {
      message = showProgress(message, {
        text: t('bulk.progress', {
          action: wordOf(action),
          done: format.count(run.done),
          total: format.count(Math.max(run.total, run.done)),
        }),
        part: run.total === 0 ? 1 : run.done / run.total,
        button:
          problem === undefined
            ? { label: t('bulk.stop'), act: () => run.stop() }
            : {
                label: t('bulk.goOn'),
                act: () => {
                  if (message !== undefined) notifications.hide(message);
                  void go(run, action);
                },
              },
        problem: problem === undefined ? undefined : { text: problem, closeLabel: t('action.close') },
      });
    };
    if (run.isLong) {
      window.addEventListener('beforeunload', askBeforeLeaving);
      show();
    }
    try {
      await run.go((doneIds) => {
        noteChanged(client, action, doneIds);
        if (run.isLong) show();
      });
      if (message !== undefined) notifications.hide(message);
      tell(action, run);
      return true;
    } catch (error) {
      if (run.isLong) show(problemText(t, error));
      else notifications.show({ color: 'red', message: problemText(t, error) });
      return false;
    } finally {
      window.removeEventListener('beforeunload', askBeforeLeaving);
      noteEnd(client, action, run.isLong);
    }
  };
  const start = async (request: BulkRequest, count: number, onDone: () => void): Promise<void> => {
    const run = new BulkRun(request, count, sendBulk);
    if (run.isLong) {
      // What is selected meanwhile is another matter.
      onDone();
      await go(run, request.action);
      return;
    }
    setBusy(true);
    const isDone = await go(run, request.action);
    setBusy(false);
    if (isDone) onDone();
  };
  const run = (request: BulkRequest, count: number, onDone: () => void): void => {
    const { action } = request;
    if (count < ASK_FROM && action !== 'cancel') {
      void start(request, count, onDone);
      return;
    }
    const begin = () => void start(request, count, onDone);
    if (action === 'cancel') askToCancel(t, count, begin);
    else
      ask(t, {
        title: t('bulk.confirm.title', { action: wordOf(action), formatted: format.count(count) }),
        confirm: t('bulk.confirm.go'),
        back: t('bulk.confirm.back'),
        onConfirm: begin,
      });
  };
  return { run, busy };
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
