import type { Role, SortField, TaskScope, TrainTaskSummary } from '@lora-ledger/contracts';
import type { JsonValue } from '@lora-ledger/training';
import type { TFunction } from 'i18next';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { en } from '../../i18n/en.js';
import type { Column } from '../../ui/data-table/column.js';
import { useFormat, type Format } from '../../ui/use-format.js';
import { valueText } from '../../ui/value-text.js';
import { durationCell, durationOf } from '../duration.js';
import { extraNumber } from './extra-column.js';
import { LossCell } from './loss-cell.js';
import { statusCell } from '../../ui/status-badge.js';
import css from './task-columns.module.css';
import { useExtraTitle } from './use-extra-title.js';

type TaskColumn = Column<TrainTaskSummary> & { sortField?: SortField | `metric.${string}` | `extra.${string}` };

type OwnerPlace = 'none' | 'first' | 'late';

/** Where a list says whose a task is: nowhere among one's own, first of all where others share theirs, later for admins, who see everybody's. */
export function ownerPlace(scope: TaskScope, role: Role): OwnerPlace {
  if (scope === 'mine') return 'none';
  return role === 'admin' && scope === 'all' ? 'late' : 'first';
}

const NONE: readonly string[] = [];

/**
 * The columns of every list of tasks, and those that this one was given: `further`, as the API names them. Their cells are plain elements made by plain
 * functions: a component of the kit in each would cost more than all the rest of a row.
 */
export function useTaskColumns(owner: OwnerPlace, trash: boolean, further: readonly string[] = NONE): Column<TrainTaskSummary>[] {
  const { t } = useTranslation();
  const extraTitle = useExtraTitle();
  const format = useFormat();
  return useMemo(() => {
    const title = (id: ColumnId) => t(`list.column.${id}`);
    const ownerAt = (place: OwnerPlace): TaskColumn[] =>
      owner === place ? [{ id: 'createUser', title: title('createUser'), width: 110, cell: (task) => task.createUser }] : [];
    const columns: TaskColumn[] = [
      {
        id: 'status',
        title: title('status'),
        width: 166,
        sortField: 'status',
        required: true,
        fits: true,
        cell: (task) => statusCell(task, t, format),
      },
      {
        id: 'name',
        title: title('name'),
        width: 196,
        sortField: 'name',
        required: true,
        grows: true,
        fits: true,
        cell: (task) => nameCell(task, t),
      },
      ...ownerAt('first'),
      {
        id: 'modelName',
        title: title('modelName'),
        width: 116,
        sortField: 'modelName',
        cell: (task) => <span title={task.modelName}>{task.modelName}</span>,
      },
      {
        id: 'loraRank',
        title: title('loraRank'),
        width: 80,
        align: 'end',
        sortField: 'loraRank',
        number: (task) => task.loraRank,
        cell: (task) => format.value(task.loraRank),
      },
      {
        id: 'loraAlpha',
        title: title('loraAlpha'),
        width: 70,
        align: 'end',
        sortField: 'loraAlpha',
        number: (task) => task.loraAlpha,
        cell: (task) => format.value(task.loraAlpha),
      },
      {
        id: 'learningRate',
        title: title('learningRate'),
        width: 78,
        align: 'end',
        sortField: 'learningRate',
        number: (task) => task.learningRate,
        cell: (task) => format.value(task.learningRate),
      },
      {
        id: 'batchSize',
        title: title('batchSize'),
        width: 72,
        align: 'end',
        sortField: 'batchSize',
        number: (task) => task.batchSize,
        cell: (task) => format.value(task.batchSize),
      },
      {
        id: 'epochs',
        title: title('epochs'),
        width: 76,
        align: 'end',
        sortField: 'epochs',
        number: (task) => task.epochs,
        cell: (task) => format.value(task.epochs),
      },
      {
        id: 'finalLoss',
        title: title('finalLoss'),
        width: 124,
        align: 'end',
        sortField: 'finalLoss',
        number: (task) => task.finalLoss,
        cell: (task) => <LossCell task={task} format={format} />,
      },
      {
        id: 'bestLoss',
        title: title('bestLoss'),
        width: 100,
        align: 'end',
        sortField: 'bestLoss',
        hiddenByDefault: true,
        number: (task) => task.bestLoss,
        cell: (task) => format.loss(task.bestLoss),
      },
      ...further.map((name): TaskColumn => ({
        id: name,
        title: extraTitle(name),
        width: 120,
        align: name.startsWith('metric.') ? 'end' : 'start',
        sortField: sortFieldOf(name),
        number: (task) => extraNumber(task, name),
        cell: (task) => extraCell(task.columns?.[name] ?? null, format, t),
      })),
      {
        id: 'duration',
        title: title('duration'),
        width: 92,
        align: 'end',
        sortField: 'duration',
        number: (task) => (task.endTime === null ? null : durationOf(task, 0)),
        cell: (task) => durationCell(task, format),
      },
      {
        id: 'cost',
        title: title('cost'),
        width: 92,
        align: 'end',
        sortField: 'cost',
        hiddenByDefault: true,
        number: (task) => task.cost,
        cell: (task) => format.value(task.cost),
      },
      ...ownerAt('late'),
      ...(trash
        ? [
            {
              id: 'deletedAt',
              title: title('deletedAt'),
              width: 140,
              sortField: 'deletedAt' as const,
              cell: (task: TrainTaskSummary) => timeCell(task.deletedAt, format),
            },
          ]
        : []),
      { id: 'startTime', title: title('startTime'), width: 140, sortField: 'startTime', cell: (task) => timeCell(task.startTime, format) },
      {
        id: 'createdAt',
        title: title('createdAt'),
        width: 140,
        sortField: 'createdAt',
        hiddenByDefault: true,
        cell: (task) => timeCell(task.createdAt, format),
      },
      {
        id: 'endTime',
        title: title('endTime'),
        width: 140,
        sortField: 'endTime',
        hiddenByDefault: true,
        cell: (task) => timeCell(task.endTime, format),
      },
      {
        id: 'tags',
        title: title('tags'),
        width: 180,
        cell: (task) =>
          task.tags.map((tag) => (
            <span key={tag} className={css.tag}>
              {tag}
            </span>
          )),
      },
      { id: 'trainer', title: title('trainer'), width: 120, hiddenByDefault: true, cell: (task) => task.trainer },
      {
        id: 'maxSteps',
        title: title('maxSteps'),
        width: 100,
        align: 'end',
        hiddenByDefault: true,
        number: (task) => task.maxSteps,
        cell: (task) => format.value(task.maxSteps),
      },
      {
        id: 'seed',
        title: title('seed'),
        width: 100,
        align: 'end',
        hiddenByDefault: true,
        cell: (task) => task.seed ?? format.value(null),
      },
      { id: 'host', title: title('host'), width: 130, hiddenByDefault: true, cell: (task) => task.host },
    ];
    return columns;
  }, [t, format, extraTitle, owner, trash, further]);
}

type ColumnId = keyof (typeof en)['list']['column'];

/** Commas stand between the fields of an order. */
function sortFieldOf(column: string): TaskColumn['sortField'] {
  return column.includes(',') ? undefined : (column as TaskColumn['sortField']);
}

function nameCell(task: TrainTaskSummary, t: TFunction): ReactNode {
  return (
    <span className={css.name}>
      <a href={`/tasks/${task.taskId}`} className={css.link} title={task.name} data-opens>
        {task.name}
      </a>
      {task.attempt > 1 && (
        <span className={css.attempt} title={t('task.attempt', { number: task.attempt })}>
          {t('task.attemptShort', { number: task.attempt })}
        </span>
      )}
      {task.failureReason !== null && (
        <span className={css.reason} title={t(`task.reason.${task.failureReason}`)}>
          {t(`task.reason.${task.failureReason}`)}
        </span>
      )}
    </span>
  );
}

function timeCell(at: string | null, format: Format): ReactNode {
  return at === null ? (
    format.time(at)
  ) : (
    <time dateTime={at} title={format.fullTime(at)}>
      {format.time(at)}
    </time>
  );
}

function extraCell(value: JsonValue, format: Format, t: TFunction): ReactNode {
  const text = valueText(t, format, value);
  return typeof value === 'number' || value === null ? text : <span title={text}>{text}</span>;
}
