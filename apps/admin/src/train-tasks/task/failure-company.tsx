import { List, Skeleton, Text } from '@mantine/core';
import type { OverRepresented, TrainTaskDetail } from '@lora-ledger/contracts';
import type { FailureReason } from '@lora-ledger/training';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { parseListSearch } from '../../task-filter/list-search.js';
import { LinkAnchor } from '../../ui/links.js';
import { Time } from '../../ui/time.js';
import { useFormat, type Format } from '../../ui/use-format.js';
import { valueText } from '../../ui/value-text.js';
import { similarFailuresOptions, taskOptions } from '../queries.js';
import { useParameterName } from '../use-parameter-name.js';
import css from './task-page.module.css';
import { hasValue, sameError } from './similar-failures.js';

const LINKS = 4;
const SUSPECTS = 5;

/** Other failures that say the same, and what failures of this kind have in common beyond what chance explains. */
export function FailureCompany({ task, reason }: { task: TrainTaskDetail; reason: FailureReason }) {
  const { t } = useTranslation();
  const { data, isError } = useQuery(similarFailuresOptions(reason));
  if (isError) return null;
  if (data === undefined) return <Skeleton height={40} mt="sm" aria-hidden />;
  const group = sameError(task, data);
  const others = group?.taskIds.filter((taskId) => taskId !== task.taskId) ?? [];
  const suspects = data.overRepresented.slice(0, SUSPECTS);
  return (
    <div className={css.company}>
      <Text size="sm" fw={600}>
        {t('detail.failure.company')}
      </Text>
      <Text size="sm">
        {group === undefined || others.length === 0 ? (
          t('detail.failure.alone')
        ) : (
          <>
            {t('detail.failure.sameError', { count: Math.max(others.length, group.count - 1) })}{' '}
            <Text span c="dimmed">
              <Time at={group.lastSeen} />
            </Text>
            : <TaskLinks ids={others.slice(0, LINKS)} />
          </>
        )}
        {' · '}
        <LinkAnchor to="/tasks" search={{ failureReason: [reason], scope: 'all' }} inherit underline="always">
          {t('detail.failure.allOfReason', { reason: t(`task.reason.${reason}`) })}
        </LinkAnchor>
      </Text>
      {suspects.length === 0 ? (
        <Text size="sm" c="dimmed">
          {data.tested === 0 ? t('detail.failure.tooFew') : t('detail.failure.nothingCommon', { count: data.tested })}
        </Text>
      ) : (
        <List size="sm" spacing={2} mt={2}>
          {suspects.map((suspect) => (
            <Suspect
              key={`${suspect.parameter} ${JSON.stringify(suspect.value)}`}
              suspect={suspect}
              isOwn={hasValue(task, suspect.parameter, suspect.value)}
            />
          ))}
        </List>
      )}
    </div>
  );
}

function Suspect({ suspect, isOwn }: { suspect: OverRepresented; isOwn: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useParameterName();
  const { parameter, value, failures, successes, failureRate, elsewhere, filter } = suspect;
  const name =
    parameter === 'user'
      ? t('detail.fact.owner')
      : parameter === 'host'
        ? t('detail.fact.host')
        : parameter === 'gpu'
          ? 'GPU'
          : nameOf(parameter.replace(/^extra\./, 'extraParams.'));
  const what = `${name} ${spanText(t, value, format)}`;
  return (
    <List.Item>
      {filter === null ? (
        <strong>{what}</strong>
      ) : (
        <LinkAnchor to="/tasks" search={parseListSearch({ ...filter, scope: 'all' })} inherit fw={600} underline="always">
          {what}
        </LinkAnchor>
      )}{' '}
      {t('detail.failure.suspect', {
        failures: format.count(failures),
        total: format.count(failures + successes),
        rate: format.percent(failureRate),
        elsewhere: format.percent(elsewhere),
      })}
      {isOwn && <strong> {t('detail.failure.thisToo')}</strong>}
    </List.Item>
  );
}

function TaskLinks({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation();
  const names = useQueries({
    queries: ids.map((taskId) => ({ ...taskOptions(taskId), staleTime: 60_000 })),
    combine: (answers) => answers.map(({ data }) => data?.name),
  });
  return ids.map((taskId, index) => (
    <span key={taskId}>
      {index > 0 && t('compare.separator')}
      <LinkAnchor to="/tasks/$taskId" params={{ taskId }} inherit underline="always">
        {names[index] ?? taskId.slice(0, 8)}
      </LinkAnchor>
    </span>
  ));
}

function spanText(t: TFunction, value: OverRepresented['value'], format: Format): string {
  return typeof value === 'object' && value !== null
    ? `${format.value(value.from)} – ${format.value(value.to)}`
    : valueText(t, format, value);
}
