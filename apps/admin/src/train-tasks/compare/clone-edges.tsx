import { Text } from '@mantine/core';
import type { ComparedTask } from '@lora-ledger/contracts';
import { IconCopy } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import css from './compare.module.css';
import type { TaskLook } from './task-look.js';
import { TaskSwatch } from './task-swatch.js';

/** Which of the compared tasks were cloned from one another, and why. */
export const CloneEdges = memo(function CloneEdges({ tasks, looks }: { tasks: readonly ComparedTask[]; looks: readonly TaskLook[] }) {
  const { t } = useTranslation();
  const edges = tasks.flatMap((task, index) => {
    const origin = tasks.findIndex(({ taskId }) => taskId === task.clonedFrom);
    const [look, originLook, from] = [looks[index], looks[origin], tasks[origin]];
    return look === undefined || originLook === undefined || from === undefined ? [] : [{ task, look, from, originLook }];
  });
  if (edges.length === 0) return null;
  return (
    <ul className={css.edges} aria-label={t('compare.edges')}>
      {edges.map(({ task, look, from, originLook }) => (
        <li key={task.taskId}>
          <IconCopy size={14} aria-hidden /> <TaskSwatch look={look} />{' '}
          <Text span size="sm" fw={600}>
            {task.name}
          </Text>{' '}
          <Text span size="sm" c="dimmed">
            {t('compare.clonedFrom')}
          </Text>{' '}
          <TaskSwatch look={originLook} />{' '}
          <Text span size="sm" fw={600}>
            {from.name}
          </Text>
          {task.note !== null && task.note !== '' && (
            <Text span size="sm" className={css.note}>
              {t('compare.edgeNote', { note: task.note })}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
});
