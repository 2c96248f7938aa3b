import type { ComparedTask, Metrics, MetricSeries } from '@lora-ledger/contracts';
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { alongAxis, stepsBetween, type CurveAxis, type CurvePoints, type CurveRange } from '../../ui/curve-axis.js';
import { comparedInterval } from '../live.js';
import { metricsOptions } from '../queries.js';

/** A screen has no more columns than that; many curves share them, and drawing takes as long as there are points in all of them. */
const pointsEach = (tasks: number): number => (tasks <= 4 ? 1500 : tasks <= 10 ? 800 : 400);

export interface TaskCurve {
  task: ComparedTask;
  /** Its place in the comparison. */
  index: number;
  points: CurvePoints;
}

/**
 * One metric of several tasks along one axis. Each curve is asked for by itself, so that a task can come or go without the others; for
 * what is seen closer the server is asked again, each curve from its own step to its own step. The answers come one by one, but the
 * curves change together: until then the ones before stay, or every answer would lay and draw all of them once more.
 *
 * @param zoom places of the axis
 */
export function useTaskCurves(
  tasks: readonly ComparedTask[],
  metric: string,
  axis: CurveAxis,
  zoom: CurveRange | null,
): { curves: TaskCurve[]; whole: CurvePoints[]; isPending: boolean } {
  const maxPoints = pointsEach(tasks.length);
  const keys = useMemo(() => [metric], [metric]);
  const whole = useQueries({
    queries: tasks.map((task) => ({
      ...metricsOptions(task.taskId, keys, null, maxPoints),
      refetchInterval: () => comparedInterval([task]),
    })),
    combine: (answers) => ({ series: answers.map((answer) => seriesOf(answer, metric)), isPending: answers.some(isAwaited) }),
  });
  const laid = useMemo(
    () => whole.series.map((series, index) => (series === undefined ? undefined : alongAxis(series, axis, originOf(tasks[index])))),
    [whole.series, axis, tasks],
  );
  const ranges = laid.map((points) => (zoom === null || points === undefined ? null : stepsBetween(points, zoom.from, zoom.to)));
  const closer = useQueries({
    queries: tasks.map(({ taskId }, index) => ({
      ...metricsOptions(taskId, keys, ranges[index] ?? null, maxPoints),
      enabled: ranges[index] != null,
    })),
    combine: (answers) => ({
      series: answers.map((answer) => seriesOf(answer, metric)),
      isPending: answers.some((answer, index) => ranges[index] != null && isAwaited(answer)),
    }),
  });
  const isClose = zoom !== null;
  const isPending = whole.isPending || (isClose && closer.isPending);
  const [shown, setShown] = useState<{ curves: TaskCurve[]; whole: CurvePoints[] }>({ curves: [], whole: [] });
  const ready = useMemo(() => {
    if (isPending) return null;
    const curves = tasks.flatMap((task, index): TaskCurve[] => {
      const detailed = isClose ? closer.series[index] : undefined;
      const points = detailed === undefined ? laid[index] : alongAxis(detailed, axis, originOf(task));
      return points === undefined || points.x.length === 0 ? [] : [{ task, index, points }];
    });
    return { curves, whole: laid.flatMap((points) => points ?? []) };
  }, [isPending, tasks, laid, closer.series, isClose, axis]);
  if (ready !== null && ready !== shown) setShown(ready);
  return { ...(ready ?? shown), isPending };
}

/** The first try of a question is on its way. One that has failed before is not worth keeping the others back. */
function isAwaited({ isPending, isPlaceholderData, failureCount }: UseQueryResult): boolean {
  return (isPending || isPlaceholderData) && failureCount === 0;
}

function seriesOf({ data, isPlaceholderData }: UseQueryResult<Metrics>, metric: string): MetricSeries | undefined {
  return isPlaceholderData ? undefined : data?.series.find(({ key }) => key === metric);
}

function originOf(task: ComparedTask | undefined): number {
  return task === undefined ? 0 : Date.parse(task.startTime ?? task.createdAt);
}
