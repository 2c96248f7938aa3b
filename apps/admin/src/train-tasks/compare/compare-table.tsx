import { ActionIcon, Button, Group, Switch, Table, Text, Tooltip } from '@mantine/core';
import type { ComparedTask, Comparison } from '@lora-ledger/contracts';
import { CONFIG_FIELDS, type ConfigFieldName, type JsonValue } from '@lora-ledger/training';
import { IconAnchor, IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { LinkAnchor } from '../../ui/links.js';
import { useFormat, type Format } from '../../ui/use-format.js';
import { StatusBadge } from '../../ui/status-badge.js';
import css from './compare.module.css';
import { changeAgainst, shownParameters } from './differences.js';
import { taskColor } from './task-color.js';
import { useNextDifference } from './use-next-difference.js';

interface CompareTableProps {
  comparison: Comparison;
  /** The task the others are measured against. */
  base: string | undefined;
  all: boolean;
  onAll: (all: boolean) => void;
  onBase: (taskId: string) => void;
  onRemove: (taskId: string) => void;
}

/** Parameters and results as rows, tasks as columns; what differs from the baseline is marked. */
export function CompareTable({ comparison, base, all, onAll, onBase, onRemove }: CompareTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const frame = useRef<HTMLDivElement>(null);
  const { next, previous } = useNextDifference(frame);
  const { tasks, metrics } = comparison;
  const baseIndex = Math.max(0, tasks.findIndex(({ taskId }) => taskId === base));
  const parameters = shownParameters(comparison.parameters, all);
  const actions = (
    <Group gap="sm">
      <Switch size="xs" label={t('compare.onlyDifferences')} checked={!all} onChange={(event) => onAll(!event.currentTarget.checked)} />
      <Group gap={4}>
        <ActionIcon variant="default" size="sm" aria-label={t('compare.previous')} onClick={previous}><IconArrowUp size={14} aria-hidden /></ActionIcon>
        <ActionIcon variant="default" size="sm" aria-label={t('compare.next')} onClick={next}><IconArrowDown size={14} aria-hidden /></ActionIcon>
      </Group>
    </Group>
  );
  return (
    <Card title={t('compare.parameters')} actions={actions} flush>
      <div ref={frame} className={css.frame}>
        <Table className={css.table} stickyHeader verticalSpacing={7}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('compare.parameter')}</Table.Th>
              {tasks.map((task, index) => <TaskHead key={task.taskId} task={task} index={index} isBase={index === baseIndex} onBase={onBase} onRemove={onRemove} />)}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {parameters.map(({ path, values, equal }) => (
              <Row key={path} name={isField(path) ? t(`form.field.${path}`) : path.replace(/^extraParams\./, '')} isDifferent={!equal} cells={values.map((value, index) => <Value key={tasks[index]?.taskId} value={value} base={index === baseIndex ? undefined : values[baseIndex]} format={format} />)} />
            ))}
            {parameters.length === 0 && <Table.Tr><Table.Td colSpan={tasks.length + 1}><Text size="sm" c="dimmed" py="sm">{t('compare.noDifference')}</Text></Table.Td></Table.Tr>}
            <SectionRow columns={tasks.length + 1}>{t('compare.results')}</SectionRow>
            <Row name={t('detail.fact.duration')} isDifferent={false} cells={tasks.map((task) => <span key={task.taskId}>{format.duration(durationOf(task))}</span>)} />
            {metrics.map(({ key, summaries }) => (
              <Row key={key} name={key} isDifferent={false} cells={summaries.map((summary, index) => (
                <Value key={tasks[index]?.taskId} value={summary?.last ?? null} base={index === baseIndex ? undefined : summaries[baseIndex]?.last ?? null} format={format} />
              ))} />
            ))}
            {tasks.some(({ note }) => note !== null) && <Row name={t('detail.note')} isDifferent={false} cells={tasks.map(({ taskId, note }) => <span key={taskId} className={css.note}>{note ?? '—'}</span>)} />}
          </Table.Tbody>
        </Table>
      </div>
    </Card>
  );
}

function TaskHead({ task, index, isBase, onBase, onRemove }: { task: ComparedTask; index: number; isBase: boolean; onBase: (taskId: string) => void; onRemove: (taskId: string) => void }) {
  const { t } = useTranslation();
  return (
    <Table.Th scope="col" className={css.head}>
      <Group gap={6} wrap="nowrap" align="start">
        <span className={css.swatch} style={{ background: taskColor(index) }} aria-hidden />
        <LinkAnchor to="/tasks/$taskId" params={{ taskId: task.taskId }} size="sm" fw={600} className={css.name}>{task.name}</LinkAnchor>
        <Tooltip label={t('compare.remove', { name: task.name })}>
          <ActionIcon variant="subtle" color="gray" size={18} aria-label={t('compare.remove', { name: task.name })} onClick={() => onRemove(task.taskId)}><IconX size={13} aria-hidden /></ActionIcon>
        </Tooltip>
      </Group>
      <Group gap={6} mt={4}>
        <StatusBadge status={task.status} stalled={task.stalled} size="sm" />
        {isBase
          ? <Text size="xs" c="dimmed" fw={500}>{t('compare.baseline')}</Text>
          : <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconAnchor size={12} aria-hidden />} onClick={() => onBase(task.taskId)}>{t('compare.setBaseline')}</Button>}
      </Group>
    </Table.Th>
  );
}

function Row({ name, isDifferent, cells }: { name: string; isDifferent: boolean; cells: ReactNode[] }) {
  return (
    <Table.Tr data-different={isDifferent || undefined}>
      <Table.Th scope="row" className={css.parameter}>{name}</Table.Th>
      {cells.map((cell, index) => <Table.Td key={index} className="tabular">{cell}</Table.Td>)}
    </Table.Tr>
  );
}

function SectionRow({ columns, children }: { columns: number; children: ReactNode }) {
  return <Table.Tr><Table.Th scope="colgroup" colSpan={columns} className={css.section}>{children}</Table.Th></Table.Tr>;
}

/** `base`: the baseline's value, `undefined` in the baseline's own column. */
function Value({ value, base, format }: { value: JsonValue; base: JsonValue | undefined; format: Format }) {
  const change = changeAgainst(base, value);
  const isOther = base !== undefined && JSON.stringify(base) !== JSON.stringify(value);
  return (
    <span className={isOther ? css.other : undefined}>
      {textOf(value, format)}
      {change !== null && isOther && <Text span size="xs" c="dimmed" ml={6}>{`${change > 0 ? '+' : '−'}${format.value(Math.abs(Number(change.toPrecision(3))))} %`}</Text>}
    </span>
  );
}

function textOf(value: JsonValue, format: Format): string {
  if (value === null) return '—';
  if (typeof value === 'number') return format.value(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether the form has a word for it; extra parameters go by the trainer's own name. */
function isField(path: string): path is ConfigFieldName | 'trainer' {
  return path === 'trainer' || path in CONFIG_FIELDS;
}

function durationOf({ startTime, endTime }: ComparedTask): number | null {
  return startTime === null || endTime === null ? null : (Date.parse(endTime) - Date.parse(startTime)) / 1000;
}
