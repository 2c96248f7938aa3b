import { Group, Progress, Text } from '@mantine/core';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { remainingSeconds } from '@lora-ledger/training';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Time } from '../../ui/time.js';
import { useFormat } from '../../ui/use-format.js';
import { useNow } from '../../ui/use-now.js';
import { Duration, durationOf } from '../duration.js';
import css from './task-page.module.css';

/** What somebody who glances at the page wants to know. */
export function FactsStrip({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(task.status === 'PENDING');
  return (
    <dl className={css.facts}>
      {task.status === 'RUNNING' && <RunProgress task={task} />}
      <Fact name={t('detail.fact.loss')}>{format.loss(task.finalLoss)}</Fact>
      <Fact name={t('detail.fact.bestLoss')}>{format.loss(task.bestLoss)}</Fact>
      {task.status === 'PENDING' ? (
        <Fact name={t('detail.fact.waiting')}>{format.duration((now - Date.parse(task.createdAt)) / 1000)}</Fact>
      ) : (
        <Fact name={t('detail.fact.duration')}>
          <Duration task={task} />
        </Fact>
      )}
      {task.startTime === null ? (
        <Fact name={t('detail.fact.created')}>
          <Time at={task.createdAt} />
        </Fact>
      ) : (
        <Fact name={t('detail.fact.started')}>
          <Time at={task.startTime} />
        </Fact>
      )}
      <Fact name={t('detail.fact.owner')}>{task.createUser}</Fact>
      <Fact name={t('list.column.trainer')}>{task.trainer}</Fact>
      {task.host !== null && <Fact name={t('detail.fact.host')}>{task.gpu === null ? task.host : `${task.host} · ${task.gpu}`}</Fact>}
      {task.cost !== null && <Fact name={t('detail.fact.cost')}>{format.value(task.cost)}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function RunProgress({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const { progress, currentStep, totalSteps } = task;
  const left = remainingSeconds(progress, durationOf(task, now) ?? 0);
  return (
    <div className={`${css.fact} ${css.progress}`}>
      <dt>{t('detail.fact.progress')}</dt>
      <dd>
        <Group justify="space-between" gap="xs">
          <span>{progress === null ? '…' : format.percent(progress)}</span>
          <Text span size="xs" c="dimmed" fw={400}>
            {currentStep === null
              ? ''
              : totalSteps === null
                ? t('task.stepOpen', { current: format.count(currentStep) })
                : t('task.step', { current: format.count(currentStep), total: format.count(totalSteps) })}
            {left === null ? '' : ` · ${t('task.eta', { duration: format.duration(left) })}`}
          </Text>
        </Group>
        <Progress value={(progress ?? 0) * 100} size="sm" mt={5} color="blue" aria-label={t('detail.fact.progress')} />
      </dd>
    </div>
  );
}
