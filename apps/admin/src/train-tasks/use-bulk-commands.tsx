import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import type { BulkRequest, BulkResult } from '@lora-ledger/contracts';
import { useTranslation } from 'react-i18next';
import { problemText } from '../ui/problem-text.js';
import { tellDone } from '../ui/undo-message.js';
import { useFormat } from '../ui/use-format.js';
import { useBulk } from './bulk.js';

const NAMED = 5;
/** From here on people are asked first, whatever the action. */
const ASK_FROM = 100;

/** The word for an action as single tasks have it. */
export const ACTION_WORDS = { delete: 'trash', restore: 'restore', cancel: 'cancel', retry: 'retry' } as const;

/** One action on a selection, with the question before, and after it what was done and what was left alone. `nameOf` names tasks on the page. */
export function useBulkCommands(nameOf: (taskId: string) => string | undefined): { run: (request: BulkRequest, count: number, onDone: () => void) => void; busy: boolean } {
  const { t } = useTranslation();
  const format = useFormat();
  const { mutateAsync, isPending } = useBulk();

  const tell = ({ action }: BulkRequest, result: BulkResult): void => {
    const skipped = result.outcomes.filter(({ outcome }) => outcome === 'skipped');
    if (skipped.length > 0) {
      const names = skipped.slice(0, NAMED).map(({ taskId }) => nameOf(taskId) ?? taskId.slice(0, 8)).join(', ');
      notifications.show({ color: 'orange', message: t('bulk.skipped', { count: skipped.length, names: skipped.length > NAMED ? `${names} ${t('value.andMore', { count: skipped.length - NAMED })}` : names }) });
    }
    if (result.done === 0) return;
    const done = result.outcomes.filter(({ outcome }) => outcome === 'done').map(({ taskId }) => taskId);
    const said = action === 'tag' ? t('bulk.tagged', { count: result.done }) : t(`task.done.${ACTION_WORDS[action]}`, { count: result.done });
    const more = result.remaining > 0 ? ` ${t('bulk.remaining', { formatted: format.count(result.remaining) })}` : '';
    tellDone(t, `${said}${more}`, action === 'delete' ? () => void go({ action: 'restore', taskIds: done }, () => undefined) : undefined);
  };
  const go = async (request: BulkRequest, onDone: () => void): Promise<void> => {
    try {
      tell(request, await mutateAsync(request));
      onDone();
    } catch (error) {
      notifications.show({ color: 'red', message: problemText(t, error) });
    }
  };
  const run = (request: BulkRequest, count: number, onDone: () => void): void => {
    const { action } = request;
    if (action === 'tag' || (action !== 'cancel' && count < ASK_FROM)) {
      void go(request, onDone);
      return;
    }
    const cancels = action === 'cancel';
    modals.openConfirmModal({
      title: cancels ? t('task.confirmCancel.title', { count }) : t('bulk.confirm.title', { action: t(`task.action.${ACTION_WORDS[action]}`), formatted: format.count(count) }),
      children: cancels ? <Text size="sm">{t('task.confirmCancel.text')}</Text> : undefined,
      labels: cancels ? { confirm: t('task.confirmCancel.confirm'), cancel: t('task.confirmCancel.keep') } : { confirm: t('bulk.confirm.go'), cancel: t('bulk.confirm.back') },
      confirmProps: { color: cancels ? 'red.9' : undefined },
      closeButtonProps: { 'aria-label': t('action.close') },
      onConfirm: () => void go(request, onDone),
    });
  };
  return { run, busy: isPending };
}
