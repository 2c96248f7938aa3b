import { ActionIcon, Group, Switch, Table, Text } from '@mantine/core';
import type { Comparison } from '@lora-ledger/contracts';
import { isTerminal } from '@lora-ledger/training';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { useFormat } from '../../ui/use-format.js';
import { useNow } from '../../ui/use-now.js';
import { durationOf } from '../duration.js';
import { CompareHead } from './compare-head.js';
import css from './compare.module.css';
import { CompareValue } from './compare-value.js';
import { COMPARE_MIN } from './compare-search.js';
import { bestOf, shownParameters, type RankedParameter } from './differences.js';
import type { TaskLook } from './task-look.js';
import { useNextDifference } from './use-next-difference.js';
import { useParameterName } from '../use-parameter-name.js';

interface CompareTableProps {
  comparison: Comparison;
  looks: readonly TaskLook[];
  /** In the order to show them. */
  parameters: readonly RankedParameter[];
  /** What that order rests on, in a sentence. */
  order: string;
  /** The task the others are measured against. */
  base: string | undefined;
  all: boolean;
  onAll: (all: boolean) => void;
  onBase: (taskId: string) => void;
  onRemove: (taskId: string) => void;
}

/** Parameters and results as rows, tasks as columns; what differs from the baseline is marked, and the best of each result. */
export const CompareTable = memo(function CompareTable({
  comparison,
  looks,
  parameters,
  order,
  base,
  all,
  onAll,
  onBase,
  onRemove,
}: CompareTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useParameterName();
  const frame = useRef<HTMLDivElement>(null);
  const go = useNextDifference(frame);
  const { tasks, metrics } = comparison;
  const now = useNow(tasks.some(({ status }) => status === 'RUNNING'));
  const baseIndex = Math.max(
    0,
    tasks.findIndex(({ taskId }) => taskId === base),
  );
  const shown = shownParameters(parameters, all);
  const span = tasks.length + 1;
  const durations = tasks.map((task) => durationOf(task, now));
  const results = [
    { key: 'finalLoss', name: t('compare.finalLoss'), values: tasks.map(({ finalLoss }) => finalLoss), text: format.loss },
    { key: 'bestLoss', name: t('compare.bestLoss'), values: tasks.map(({ bestLoss }) => bestLoss), text: format.loss },
    { key: 'duration', name: t('detail.fact.duration'), values: durations, text: (seconds: number | null) => format.duration(seconds) },
    { key: 'cost', name: t('detail.fact.cost'), values: tasks.map(({ cost }) => cost), text: format.value },
  ].filter(({ values }) => values.some((value) => value !== null));
  // What a run that goes on will have taken or cost in the end is not known.
  const judged = (key: string, values: (number | null)[]) =>
    key.endsWith('Loss') ? values : values.map((value, index) => (tasks[index]?.status === 'SUCCESS' ? value : null));

  const actions = (
    <Group gap="sm">
      <Switch size="xs" label={t('compare.onlyDifferences')} checked={!all} onChange={(event) => onAll(!event.currentTarget.checked)} />
      <Group gap={4}>
        <ActionIcon variant="default" size={26} aria-label={t('compare.previous')} onClick={() => go(-1)}>
          <IconArrowUp size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" size={26} aria-label={t('compare.next')} onClick={() => go(1)}>
          <IconArrowDown size={14} aria-hidden />
        </ActionIcon>
      </Group>
    </Group>
  );
  return (
    <Card title={t('compare.parameters')} actions={actions} flush>
      <Text size="xs" c="dimmed" px={16} pb={8}>
        {order}
      </Text>
      <div ref={frame} className={css.frame} tabIndex={0} role="group" aria-label={t('compare.parameters')}>
        <Table className={css.table} verticalSpacing={7}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('compare.parameter')}</Table.Th>
              {tasks.map((task, index) => (
                <CompareHead
                  key={task.taskId}
                  task={task}
                  look={looks[index] ?? { color: '', letter: '' }}
                  isBase={index === baseIndex}
                  onBase={onBase}
                  onRemove={tasks.length > COMPARE_MIN ? onRemove : undefined}
                />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ path, values, equal, importance }) => (
              <Row
                key={path}
                isDifferent={!equal}
                name={
                  <>
                    {nameOf(path)}
                    {importance !== undefined && (
                      <Text span size="xs" c="dimmed" display="block" title={t('compare.importanceHint')}>
                        {t('compare.importance', { percent: format.percent(Math.min(0.99, importance)) })}
                      </Text>
                    )}
                  </>
                }
                cells={values.map((value, index) => (
                  <CompareValue key={tasks[index]?.taskId} value={value} base={index === baseIndex ? undefined : values[baseIndex]} />
                ))}
              />
            ))}
            {shown.length === 0 && (
              <Table.Tr>
                <Table.Td colSpan={span}>
                  <Text size="sm" c="dimmed" py="sm">
                    {t('compare.noDifference')}
                  </Text>
                </Table.Td>
              </Table.Tr>
            )}
            <SectionRow columns={span}>{t('compare.results')}</SectionRow>
            {results.map(({ key, name, values, text }) => {
              const best = bestOf(judged(key, values));
              return (
                <Row
                  key={key}
                  name={name}
                  cells={values.map((value, index) => (
                    <CompareValue
                      key={tasks[index]?.taskId}
                      value={value}
                      text={text(value)}
                      isBest={best[index]}
                      base={index === baseIndex ? undefined : values[baseIndex]}
                    />
                  ))}
                />
              );
            })}
            {tasks.some(({ status }) => status === 'FAILED') && (
              <Row
                name={t('compare.failure')}
                cells={tasks.map(({ taskId, failureReason }) => (
                  <span key={taskId}>{failureReason === null ? '—' : t(`task.reason.${failureReason}`)}</span>
                ))}
              />
            )}
            {metrics.length > 0 && <SectionRow columns={span}>{t('compare.metrics')}</SectionRow>}
            {metrics.map(({ key, summaries }) => (
              <Row
                key={key}
                name={key}
                cells={summaries.map((summary, index) => (
                  <CompareValue
                    key={tasks[index]?.taskId}
                    value={summary?.last ?? null}
                    text={format.value(summary?.last)}
                    base={index === baseIndex ? undefined : (summaries[baseIndex]?.last ?? null)}
                  />
                ))}
              />
            ))}
            {tasks.some(({ note }) => note !== null) && (
              <Row
                name={t('detail.note')}
                cells={tasks.map(({ taskId, note }) => (
                  <span key={taskId} className={css.note}>
                    {note ?? '—'}
                  </span>
                ))}
              />
            )}
          </Table.Tbody>
        </Table>
      </div>
      {tasks.some(({ status }) => !isTerminal(status)) && (
        <Text size="xs" c="dimmed" px={16} py={8}>
          {t('compare.stillRunning')}
        </Text>
      )}
    </Card>
  );
});

function Row({ name, isDifferent = false, cells }: { name: ReactNode; isDifferent?: boolean; cells: ReactNode[] }) {
  return (
    <Table.Tr data-different={isDifferent || undefined}>
      <Table.Th scope="row" className={css.parameter}>
        {name}
      </Table.Th>
      {cells.map((cell, index) => (
        <Table.Td key={index} className="tabular">
          {cell}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function SectionRow({ columns, children }: { columns: number; children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th scope="colgroup" colSpan={columns} className={css.section}>
        {children}
      </Table.Th>
    </Table.Tr>
  );
}
