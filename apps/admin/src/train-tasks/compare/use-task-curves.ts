import type { ComparedTask, MetricSeries } from '@lora-ledger/contracts';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { alongAxis, stepsBetween, type CurveAxis, type CurvePoints, type CurveRange } from '../../ui/curve-axis.js';
import { metricsOptions } from '../queries.js';

const RUNNING_MS = 5_000;
/** A screen has no more columns than that; many curves share them. */
const pointsEach = (tasks: number): number => (tasks <= 4 ? 1500 : tasks <= 10 ? 1000 : 600);

export interface TaskCurve {
  task: ComparedTask;
  /** Its place in the comparison. */
  index: number;
  points: CurvePoints;
}

/**
 * One metric of several tasks along one axis. Each curve is asked for by itself, so that a task can come or go without the others; for
 * what is seen closer the server is asked again, each curve from its own step to its own step.
 *
 * @param zoom places of the axis
 */
export function useTaskCurves(tasks: readonly ComparedTask[], metric: string, axis: CurveAxis, zoom: CurveRange | null): { curves: TaskCurve[]; whole: CurvePoints[]; isPending: boolean } {
  const maxPoints = pointsEach(tasks.length);
  const keys = useMemo(() => [metric], [metric]);
  const whole = useQueries({
    queries: tasks.map(({ taskId, status }) => ({ ...metricsOptions(taskId, keys, null, maxPoints), refetchInterval: status === 'RUNNING' ? RUNNING_MS : (false as const) })),
    combine: (answers) => ({ series: answers.map(({ data }) => seriesOf(data?.series, metric)), isPending: answers.some(({ isPending }) => isPending) }),
  });
  const laid = useMemo(() => whole.series.map((series, index) => (series === undefined ? undefined : alongAxis(series, axis, originOf(tasks[index])))), [whole.series, axis, tasks]);
  const ranges = laid.map((points) => (zoom === null || points === undefined ? null : stepsBetween(points, zoom.from, zoom.to)));
  const closer = useQueries({
    queries: tasks.map(({ taskId }, index) => ({ ...metricsOptions(taskId, keys, ranges[index] ?? null, maxPoints), enabled: ranges[index] != null })),
    combine: (answers) => answers.map(({ data, isPlaceholderData }) => (isPlaceholderData ? undefined : seriesOf(data?.series, metric))),
  });
  const curves = useMemo(() => tasks.flatMap((task, index): TaskCurve[] => {
    const detailed = zoom === null ? undefined : closer[index];
    const points = detailed === undefined ? laid[index] : alongAxis(detailed, axis, originOf(task));
    return points === undefined || points.x.length === 0 ? [] : [{ task, index, points }];
  }), [tasks, laid, closer, zoom, axis]);
  return { curves, whole: laid.flatMap((points) => points ?? []), isPending: whole.isPending };
}

function seriesOf(series: readonly MetricSeries[] | undefined, metric: string): MetricSeries | undefined {
  return series?.find(({ key }) => key === metric);
}

function originOf(task: ComparedTask | undefined): number {
  return task === undefined ? 0 : Date.parse(task.startTime ?? task.createdAt);
}
