import { Button, Group, Skeleton, Text } from '@mantine/core';
import type { Comparison } from '@lora-ledger/contracts';
import { lazy, memo, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { useFormat } from '../../ui/use-format.js';
import { AxisBounds } from './axis-bounds.js';
import css from './compare.module.css';
import { isSameMark, OBJECTIVE, parallelAxes, tasksInside, type Interval } from './parallel-axes.js';
import type { TaskLook } from './task-look.js';
import { TaskSwatch } from './task-swatch.js';
import { useParameterName } from '../use-parameter-name.js';

// The chart library comes only with a comparison that has something for it to draw.
const ParallelChart = lazy(async () => ({ default: (await import('./parallel-chart.js')).ParallelChart }));

/** How the numbers of each task lead to its loss. Marking a part of an axis, on it or with its sliders, picks the tasks that pass through it. */
export const ParallelCard = memo(function ParallelCard({
  comparison: { tasks, parameters },
  looks,
  onKeep,
}: {
  comparison: Comparison;
  looks: readonly TaskLook[];
  onKeep: (taskIds: string[]) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useParameterName();
  const [marked, setMarked] = useState<ReadonlyMap<string, readonly Interval[]>>(new Map());
  const axes = useMemo(() => parallelAxes(tasks, parameters), [tasks, parameters]);
  const names = useMemo(() => axes.map(({ path }) => (path === OBJECTIVE ? t('compare.finalLoss') : nameOf(path))), [axes, nameOf, t]);
  if (axes.length === 0) return null;
  // The chart tells of its marks also when it is told of them.
  const mark = (path: string, intervals: readonly Interval[]) =>
    setMarked((before) => (isSameMark(before.get(path) ?? [], intervals) ? before : new Map([...before, [path, intervals]])));
  const inside = tasksInside(axes, marked);
  const described = tasks
    .map(
      (_task, index) =>
        `${looks[index]?.letter ?? ''} ${axes.map(({ values }, axis) => `${names[axis] ?? ''} ${format.value(values[index])}`).join(t('compare.separator'))}`,
    )
    .join('; ');
  return (
    <Card
      title={t('compare.parallel')}
      actions={
        <Text size="xs" c="dimmed" visibleFrom="sm">
          {t('compare.parallelHint')}
        </Text>
      }
    >
      <Suspense fallback={<Skeleton height={300} radius="md" />}>
        <div className={css.wide} tabIndex={0} role="group" aria-label={t('compare.parallel')}>
          <div style={{ minWidth: axes.length * 110 }}>
            <ParallelChart
              axes={axes}
              names={names}
              looks={looks}
              description={t('compare.parallelText', { described })}
              marked={marked}
              onMark={mark}
            />
          </div>
        </div>
      </Suspense>
      <AxisBounds axes={axes} names={names} marked={marked} onMark={mark} />
      <Group gap="sm" mt={6} mih={26} role="status">
        {inside !== null && (
          <>
            <Text size="xs" c="dimmed">
              {t('compare.inside', { count: inside.length, total: tasks.length })}
            </Text>
            {inside.map((index) => {
              const [task, look] = [tasks[index], looks[index]];
              return task === undefined || look === undefined ? null : (
                <Group key={task.taskId} gap={4} wrap="nowrap">
                  <TaskSwatch look={look} />
                  <Text size="xs">{task.name}</Text>
                </Group>
              );
            })}
            <Button size="compact-xs" variant="subtle" onClick={() => setMarked(new Map())}>
              {t('compare.unmark')}
            </Button>
            {inside.length >= 2 && inside.length < tasks.length && (
              <Button size="compact-xs" variant="light" onClick={() => onKeep(inside.flatMap((index) => tasks[index]?.taskId ?? []))}>
                {t('compare.keepInside')}
              </Button>
            )}
          </>
        )}
      </Group>
    </Card>
  );
});
