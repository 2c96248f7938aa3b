import { Skeleton, Text, UnstyledButton } from '@mantine/core';
import type { ComparedTask } from '@lora-ledger/contracts';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { extentOf, indexAt, placeText, type CurveAxis, type CurveRange } from '../../ui/curve-axis.js';
import { CurveChart } from '../../ui/curve-chart.js';
import { notFiniteStretches, silences } from '../../ui/curve-data.js';
import { useFormat } from '../../ui/use-format.js';
import css from './compare.module.css';
import { mergeCurves } from './merge-curves.js';
import type { TaskLook } from './task-look.js';
import { TaskSwatch } from './task-swatch.js';
import { useTaskCurves } from './use-task-curves.js';

interface OverlaidCurvesProps {
  tasks: readonly ComparedTask[];
  looks: readonly TaskLook[];
  metric: string;
  axis: CurveAxis;
  logScale: boolean;
  smoothing: number;
  zoom: CurveRange | null;
  onZoom: (range: CurveRange | null) => void;
  hidden: ReadonlySet<string>;
  onToggle: (taskId: string) => void;
  height: number;
}

/** One metric of all tasks over one axis, each in its own look, with the raw line behind the smoothed one. */
export function OverlaidCurves({
  tasks,
  looks,
  metric,
  axis,
  logScale,
  smoothing,
  zoom,
  onZoom,
  hidden,
  onToggle,
  height,
}: OverlaidCurvesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [hovered, setHovered] = useState<number | null>(null);
  const { curves, whole, isPending } = useTaskCurves(tasks, metric, axis, zoom);
  const drawn = useMemo(() => curves.filter(({ task }) => !hidden.has(task.taskId)), [curves, hidden]);
  const merged = useMemo(
    () =>
      mergeCurves(
        drawn.map(({ points }) => points),
        smoothing,
        logScale,
      ),
    [drawn, smoothing, logScale],
  );
  const lines = useMemo(() => {
    const marks = drawn.map(({ points: { x, values } }) => ({ notFinite: notFiniteStretches(x, values), silent: silences(x) }));
    const look = (index: number) => looks[index] ?? { color: '#0072b2', letter: '' };
    const top = smoothing > 0 ? merged.smoothed : merged.raw;
    return [
      ...(smoothing > 0
        ? drawn.map(({ index }, at) => ({ values: merged.raw[at] ?? [], color: look(index).color, faint: true, ...marks[at] }))
        : []),
      ...drawn.map(({ index }, at) => ({
        values: top[at] ?? [],
        color: look(index).color,
        dash: look(index).dash,
        tag: look(index).letter,
        ...marks[at],
      })),
    ];
  }, [drawn, merged, smoothing, looks]);
  if (curves.length === 0)
    return isPending ? (
      <Skeleton height={height} radius="md" />
    ) : (
      <Text size="sm" c="dimmed" py="md">
        {t('compare.noCurves', { metric })}
      </Text>
    );

  const everything = withZero(extentOf(whole, null), axis);
  const place = hovered === null ? undefined : merged.x[hovered];
  const valueOf = (index: number): number | string | undefined => {
    const points = curves.find((curve) => curve.index === index)?.points;
    return points === undefined ? undefined : place === undefined ? points.values.at(-1) : points.values[indexAt(points.x, place)];
  };
  return (
    <div>
      <Text size="sm" fw={600} mb={2}>
        {metric}{' '}
        <Text span size="xs" c="dimmed" fw={400} className="tabular">
          {place === undefined ? t('compare.lastValues') : `${t(`curves.axes.${axis}`)} ${placeText(axis, place, format)}`}
        </Text>
      </Text>
      <CurveChart
        description={t('compare.curvesText', {
          metric,
          names: drawn
            .map(({ task, index }) => `${looks[index]?.letter ?? ''} ${task.name}: ${format.loss(valueOf(index))}`)
            .join(t('compare.separator')),
        })}
        axis={axis}
        x={merged.x}
        lines={lines}
        logScale={logScale}
        range={zoom ?? everything}
        whole={everything}
        height={height}
        syncKey="compare"
        onHover={setHovered}
        onReset={() => onZoom(null)}
        onSelect={(from, to) => onZoom({ from: Math.max(0, from), to })}
        pointText={(at) =>
          drawn
            .map(({ index, points }) => `${looks[index]?.letter ?? ''} ${format.loss(points.values[indexAt(points.x, merged.x[at] ?? 0)])}`)
            .join(t('compare.separator'))
        }
      />
      <ul className={css.legend}>
        {curves.map(({ task, index }) => {
          const look = looks[index];
          return (
            <li key={task.taskId}>
              <UnstyledButton
                className={css.legendItem}
                aria-pressed={!hidden.has(task.taskId)}
                title={t('compare.toggle', { name: task.name })}
                onClick={() => onToggle(task.taskId)}
              >
                {look !== undefined && <TaskSwatch look={look} />}
                <span className={css.legendName}>{task.name}</span>
                <span className="tabular">{format.loss(valueOf(index))}</span>
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Curves begin at the beginning; only the clock has none. */
function withZero(extent: CurveRange | null, axis: CurveAxis): CurveRange {
  if (extent === null) return { from: 0, to: 1 };
  return axis === 'time' ? extent : { from: Math.min(0, extent.from), to: extent.to };
}
