import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { useNavigate } from '@tanstack/react-router';
import type { RowKey } from '../../ui/data-table/use-row-keys.js';
import type { SelectionActions } from '../use-selection-actions.js';
import { useTaskCommands } from '../use-task-commands.js';

/** What single keys do in a list of tasks: to the selected ones where there are any, else to the active one. */
export function useListKeys(trash: boolean, selection: SelectionActions): readonly RowKey<TrainTaskSummary>[] {
  const navigate = useNavigate();
  const commands = useTaskCommands();
  const on =
    (bulk: 'delete' | 'restore', single: 'trash' | 'restore') =>
    (task: TrainTaskSummary | undefined): void => {
      if (selection.tasks.length > 0) selection.act(bulk);
      else if (task !== undefined) commands.run(single, [task]);
    };
  if (trash) return [{ key: 'r', name: 'restore', act: on('restore', 'restore') }];
  return [
    {
      key: 'c',
      name: 'clone',
      act: (task) => {
        if (task !== undefined) void navigate({ to: '/tasks/$taskId/clone', params: { taskId: task.taskId } });
      },
    },
    { key: 'v', name: 'compare', act: selection.compare },
    { key: 'e', name: 'trash', act: on('delete', 'trash') },
  ];
}
