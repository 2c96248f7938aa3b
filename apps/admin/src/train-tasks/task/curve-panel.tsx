import { Group, Skeleton, Text } from '@mantine/core';
import type { MetricSeries, MetricSummary } from '@lora-ledger/contracts';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { alongAxis, extentOf, placeText, type CurveAxis, type CurveRange } from '../../ui/curve-axis.js';
import { CurveChart, curveHeight } from '../../ui/curve-chart.js';
import { drawable, notFiniteStretches, silences, smooth } from '../../ui/curve-data.js';
import { stepsAround, wholeAxis } from '../../ui/curve-zoom.js';
import { useFormat } from '../../ui/use-format.js';
import css from './task-page.module.css';

/** Points; a handful of evaluations is a statement each, not noise. */
const SMOOTH_FROM = 20;

interface CurvePanelProps {
  series: MetricSeries;
  summary: MetricSummary | undefined;
  color: string;
  axis: CurveAxis;
  /** When the run began, milliseconds since 1970. */
  origin: number;
  logScale: boolean;
  /** 0: none. */
  smoothing: number;
  /** The steps to see closer; the server has been asked for them. */
  zoom: CurveRange | null;
  /** From where to where the axis goes: every panel spans the same, so that they can be read below each other. */
  extent: CurveRange | null;
  onZoom: (range: CurveRange | null) => void;
  syncKey: string;
  height: number;
}

/** One metric: its curve, and above it the value under the pointer or the last one. */
export function CurvePanel({
  series,
  summary,
  color,
  axis,
  origin,
  logScale,
  smoothing,
  zoom,
  extent,
  onZoom,
  syncKey,
  height,
}: CurvePanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [hovered, setHovered] = useState<number | null>(null);
  const points = useMemo(() => alongAxis(series, axis, origin), [series, axis, origin]);
  const { x, steps, values, epochs } = points;
  const raw = useMemo(() => drawable(values, logScale), [values, logScale]);
  const isSmoothed = smoothing > 0 && raw.length >= SMOOTH_FROM;
  const lines = useMemo(() => {
    const marks = { notFinite: notFiniteStretches(x, values), silent: silences(x) };
    return isSmoothed
      ? [
          { values: raw, color, faint: true, ...marks },
          { values: smooth(raw, smoothing), color, ...marks },
        ]
      : [{ values: raw, color, ...marks }];
  }, [x, values, raw, isSmoothed, smoothing, color]);
  const at = Math.min(hovered ?? values.length - 1, values.length - 1);
  const epoch = epochs[at];
  const range = extentOf([points], zoom) ?? { from: 0, to: 1 };
  const [first] = lines;
  const { from: firstStrange } = first?.notFinite[0] ?? {};
  const strange = first?.notFinite.reduce((sum, { count }) => sum + count, 0) ?? 0;

  return (
    <div>
      <PanelHead metric={series.key} color={color}>
        <Text size="xs" c="dimmed" className="tabular" truncate>
          {t('curves.step')} {format.count(steps[at] ?? 0)}
          {epoch == null ? '' : ` · ${t('curves.epoch')} ${format.value(epoch)}`}
          {axis === 'time' || axis === 'relative' ? ` · ${placeText(axis, x[at] ?? 0, format)}` : ''} ·{' '}
          <Text span inherit fw={600} c="var(--mantine-color-text)">
            {format.loss(values[at])}
          </Text>
          {isSmoothed && lines[1]?.values[at] != null ? ` (${format.loss(lines[1].values[at])})` : ''}
        </Text>
      </PanelHead>
      {x.length === 0 && axis === 'epoch' ? (
        <Text size="sm" c="dimmed" py="lg" ta="center">
          {t('detail.curve.noEpochs')}
        </Text>
      ) : (
        <CurveChart
          description={t('detail.curve.summary', {
            metric: series.key,
            last: format.loss(summary?.last),
            min: format.loss(summary?.min),
            max: format.loss(summary?.max),
            count: summary?.count ?? values.length,
          })}
          axis={axis}
          x={x}
          lines={lines}
          logScale={logScale}
          range={zoom === null ? (extent ?? range) : axis === 'step' ? zoom : range}
          whole={axis === 'step' || zoom === null ? extent : wholeAxis(points, summary?.lastStep ?? 0)}
          height={height}
          syncKey={syncKey}
          onHover={setHovered}
          onReset={() => onZoom(null)}
          onSelect={(from, to) => onZoom(axis === 'step' ? wholeSteps(from, to) : stepsAround(points, from, to))}
          pointText={(index) =>
            t('curves.point', { name: series.key, value: format.loss(values[index]), step: format.count(steps[index] ?? 0) })
          }
        />
      )}
      <Group gap="md" className={css.curveNotes}>
        {strange > 0 && (
          <span data-warning>
            {t('detail.curve.notFinite', {
              count: strange,
              formatted: format.count(strange),
              first: format.count(steps[x.indexOf(firstStrange ?? 0)] ?? 0),
            })}
          </span>
        )}
        {first !== undefined && first.silent.length > 0 && <span>{t('detail.curve.silent', { count: first.silent.length })}</span>}
        {series.total > values.length && (
          <span>{t('detail.curve.sampled', { shown: format.count(values.length), total: format.count(series.total) })}</span>
        )}
      </Group>
    </div>
  );
}

/** Keeps the place of a panel whose points are on their way, so that nothing moves when they come. */
export function PanelPlace({ metric, color, height }: { metric: string; color: string; height: number }) {
  return (
    <div aria-busy>
      <PanelHead metric={metric} color={color} />
      <Skeleton height={curveHeight(height)} />
      <div className={css.curveNotes} />
    </div>
  );
}

function PanelHead({ metric, color, children }: { metric: string; color: string; children?: ReactNode }) {
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" mb={2}>
      <Group gap={8} wrap="nowrap">
        <span aria-hidden style={{ width: 10, height: 3, borderRadius: 2, background: color }} />
        <Text size="sm" fw={600}>
          {metric}
        </Text>
      </Group>
      {children}
    </Group>
  );
}

function wholeSteps(from: number, to: number): CurveRange {
  const first = Math.max(0, Math.floor(from));
  return { from: first, to: Math.max(first + 1, Math.ceil(to)) };
}
