import { Alert, Button, Skeleton, Stack } from '@mantine/core';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { IconAlertCircle, IconTrash } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isNotFound } from '../../api/problem.js';
import { useFormat } from '../../ui/use-format.js';
import { NothingHere } from '../../ui/nothing-here.js';
import { problemText } from '../../ui/problem-text.js';
import { useNow } from '../../ui/use-now.js';
import { useLiveTask } from '../live.js';
import { CurvesCard } from './curves-card.js';
import { FactsStrip } from './facts-strip.js';
import { FailureCard } from './failure-card.js';
import { FamilyCard } from './family-card.js';
import { LogCard } from './log-card.js';
import { MetricsCard } from './metrics-card.js';
import { PageSections, SECTIONS } from './page-sections.js';
import { OutputCard } from './output-card.js';
import { ParametersCard } from './parameters-card.js';
import { TaskDescription } from './task-description.js';
import { TaskHeader } from './task-header.js';
import css from './task-page.module.css';
import type { TaskSearch } from './task-search.js';
import { TimelineCard } from './timeline-card.js';

const route = getRouteApi('/signed-in/tasks/$taskId');

export function TaskPage() {
  const { t } = useTranslation();
  const { taskId } = route.useParams();
  const { data, error, refetch } = useLiveTask(taskId);
  // First of all: what was shared may be taken back while somebody looks at it.
  if (isNotFound(error)) return <NothingHere />;
  if (data !== undefined) return <Task key={taskId} task={data} />;
  if (error !== null) {
    return (
      <Alert m="lg" color="red" variant="light" icon={<IconAlertCircle />} role="alert">
        {problemText(t, error)}{' '}
        <Button size="compact-xs" variant="light" onClick={() => void refetch()}>
          {t('action.tryAgain')}
        </Button>
      </Alert>
    );
  }
  return (
    <div className={css.page} aria-hidden>
      <Skeleton height={32} width={320} />
      <Skeleton height={72} radius="lg" />
      <Skeleton height={320} radius="lg" />
    </div>
  );
}

/** Everything about one task: what happens now on the left, what was asked for on the right. */
function Task({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(task.stalled);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  // The router looks for the named part before the task is there.
  useEffect(() => {
    const { hash } = window.location;
    if (hash !== '') document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
  }, []);
  const change = (part: Partial<TaskSearch>) => void navigate({ search: { ...search, ...part }, replace: true, resetScroll: false });
  return (
    <div className={css.page}>
      <TaskHeader task={task} />
      {task.deletedAt !== null && (
        <Alert color="gray" variant="light" icon={<IconTrash />}>
          {t('detail.trashed', { when: format.fullTime(task.deletedAt) })}
        </Alert>
      )}
      <TaskDescription task={task} />
      <FactsStrip task={task} />
      {task.stalled && task.lastSeenAt !== null && (
        <Alert color="orange" variant="light" icon={<IconAlertCircle />}>
          {t('task.status.stalledHint', { when: format.relative(task.lastSeenAt, now) })}
        </Alert>
      )}
      <PageSections />
      {task.status === 'FAILED' && <FailureCard task={task} />}
      <div className={css.columns}>
        <Stack gap="md" className={css.column}>
          <div id={SECTIONS.curves}>
            <CurvesCard task={task} search={search} onChange={change} />
          </div>
          <LogCard task={task} find={search.find ?? ''} onFind={(find) => change({ find: find === '' ? undefined : find })} />
          <div id={SECTIONS.output}>
            <OutputCard task={task} />
          </div>
        </Stack>
        <Stack gap="md" className={css.column}>
          <div id={SECTIONS.parameters}>
            <ParametersCard task={task} />
          </div>
          <MetricsCard metrics={task.metrics} />
          <div id={SECTIONS.family}>
            <FamilyCard task={task} />
          </div>
          <div id={SECTIONS.timeline}>
            <TimelineCard taskId={task.taskId} />
          </div>
        </Stack>
      </div>
    </div>
  );
}
