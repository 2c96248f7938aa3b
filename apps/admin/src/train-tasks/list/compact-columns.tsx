import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../ui/data-table/column.js';
import type { TableLayout } from '../../ui/data-table/table-layout.js';
import { useFormat } from '../../ui/use-format.js';
import { durationCell } from '../duration.js';
import { statusCell } from '../../ui/status-badge.js';
import css from './compact-columns.module.css';
import columns from './task-columns.module.css';

export const COMPACT_ROW_HEIGHT = 78;
export const COMPACT_LAYOUT: TableLayout = { order: ['task'], hidden: [], pinned: [], sizes: {}, shaded: [] };

/** A task on a phone: one column that says the most important in two lines. */
export function useCompactColumns(): Column<TrainTaskSummary>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'task',
        title: t('list.column.name'),
        width: 280,
        grows: true,
        required: true,
        cell: (task) => (
          <span className={css.task}>
            <span className={css.line}>
              <a href={`/tasks/${task.taskId}`} className={columns.link} data-opens>
                {task.name}
              </a>
              <span className={css.status}>{statusCell(task, t, format)}</span>
            </span>
            <span className={css.facts}>
              <span className={css.model}>{task.modelName}</span>
              <span>
                {t('list.column.loraRank')} {format.value(task.loraRank)} · {format.value(task.learningRate)}
              </span>
              <span className={css.status}>{task.finalLoss === null ? durationCell(task, format) : format.loss(task.finalLoss)}</span>
            </span>
          </span>
        ),
      },
    ],
    [t, format],
  );
}
