import { notifications } from '@mantine/notifications';
import type { Selection, TrainTaskSummary } from '@lora-ledger/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { problemText } from '../ui/problem-text.js';
import { bulkPreviewOptions } from './bulk.js';
import { COMPARE_MAX, COMPARE_MIN } from './compare/compare-search.js';
import { ACTION_WORDS, useBulkCommands } from './use-bulk-commands.js';

/** The server counts more exactly what qualifies than rows tell; of more tasks than this their rows have to do, so that ticking stays quick. */
const COUNTED_MAX = 1000;

export type SelectionAction = keyof typeof ACTION_WORDS;

/** The selected tasks and what can be done with them, by the buttons of the bulk bar and by keys alike. */
export interface SelectionActions {
  /** Those that are loaded. */
  tasks: readonly TrainTaskSummary[];
  /** How many are selected in all; `undefined` until the server has counted. */
  total: number | undefined;
  isAll: boolean;
  busy: boolean;
  /** How many of them an action can be done to, as far as that is known. */
  count: (action: SelectionAction | 'tag') => number;
  act: (action: SelectionAction) => void;
  tag: (addTags: string[], removeTags: string[]) => void;
  isComparable: boolean;
  /** Opens the comparison, or says why there is none. */
  compare: () => void;
}

/** `all`: everything that matches, when all of it is selected. */
export function useSelectionActions(tasks: readonly TrainTaskSummary[], all: Selection | null, onDone: () => void): SelectionActions {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { run, busy } = useBulkCommands((taskId) => tasks.find((task) => task.taskId === taskId)?.name);
  const isCounted = all !== null || (tasks.length > 0 && tasks.length <= COUNTED_MAX);
  const named = all ?? { taskIds: tasks.map(({ taskId }) => taskId) };
  const standing = tasks.map(({ status, deletedAt }) => `${status} ${deletedAt}`);
  const { data: preview } = useQuery({ ...bulkPreviewOptions(named, all === null ? standing : []), enabled: isCounted });
  const total = all === null ? tasks.length : preview?.total;
  const isComparable = all === null && tasks.length >= COMPARE_MIN && tasks.length <= COMPARE_MAX;
  const qualified = (action: SelectionAction) =>
    tasks.filter((task) => task.actions.includes(ACTION_WORDS[action])).map(({ taskId }) => taskId);

  const countOf = (action: SelectionAction | 'tag'): number => {
    if (isCounted && preview !== undefined) return preview[action];
    if (all !== null) return 0;
    return action === 'tag' ? tasks.length : qualified(action).length;
  };

  const act = async (action: SelectionAction): Promise<void> => {
    try {
      const count = all === null ? countOf(action) : (await client.ensureQueryData(bulkPreviewOptions(all)))[action];
      if (count === 0)
        notifications.show({
          color: 'orange',
          message: t('bulk.none', { count: tasks.length, action: t(`task.action.${ACTION_WORDS[action]}`) }),
        });
      else run({ ...(all ?? { taskIds: qualified(action) }), action }, count, onDone);
    } catch (error) {
      notifications.show({ color: 'red', message: problemText(t, error) });
    }
  };
  return {
    tasks,
    total,
    isAll: all !== null,
    busy,
    isComparable,
    count: countOf,
    act: (action) => {
      if (!busy) void act(action);
    },
    tag: (addTags, removeTags) =>
      run({ ...(all ?? { taskIds: tasks.map(({ taskId }) => taskId) }), action: 'tag', addTags, removeTags }, total ?? 0, onDone),
    compare: () => {
      if (isComparable) void navigate({ to: '/compare', search: { ids: tasks.map(({ taskId }) => taskId) } });
      else
        notifications.show({
          color: 'orange',
          message: t('bulk.compareCount', { min: COMPARE_MIN, max: COMPARE_MAX, count: total ?? tasks.length }),
        });
    },
  };
}
