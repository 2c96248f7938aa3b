import { Group, Text } from '@mantine/core';
import type { MetricSeries, MetricSummary } from '@lora-ledger/contracts';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CurveChart } from '../../ui/curve-chart.js';
import { countNotFinite, drawable, smooth } from '../../ui/curve-data.js';
import { useFormat } from '../../ui/use-format.js';
import type { CurveRange } from '../queries.js';

/** Points; a handful of evaluations is a statement each, not noise. */
const SMOOTH_FROM = 20;

interface CurvePanelProps {
  series: MetricSeries;
  summary: MetricSummary | undefined;
  color: string;
  logScale: boolean;
  /** 0: none. */
  smoothing: number;
  range: CurveRange | null;
  /** All steps of the task: every panel spans them, so that they can be read below each other. */
  extent: CurveRange;
  onZoom: (range: CurveRange | null) => void;
  syncKey: string;
  height: number;
}

/** One metric: its curve, and above it the value under the pointer or the last one. */
export function CurvePanel({ series, summary, color, logScale, smoothing, range, extent, onZoom, syncKey, height }: CurvePanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [hovered, setHovered] = useState<number | null>(null);
  const { steps, values, epochs } = series;
  const raw = useMemo(() => drawable(values, logScale), [values, logScale]);
  const lines = useMemo(() => (smoothing > 0 && raw.length >= SMOOTH_FROM
    ? [{ values: raw, color, faint: true }, { values: smooth(raw, smoothing), color }]
    : [{ values: raw, color }]), [raw, smoothing, color]);
  const notFinite = useMemo(() => countNotFinite(values), [values]);
  const at = Math.min(hovered ?? values.length - 1, values.length - 1);
  const smoothed = lines.length > 1 ? lines[1]?.values[at] : undefined;
  const epoch = epochs[at];

  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap" mb={2}>
        <Group gap={8} wrap="nowrap">
          <span aria-hidden style={{ width: 10, height: 3, borderRadius: 2, background: color }} />
          <Text size="sm" fw={600}>{series.key}</Text>
        </Group>
        <Text size="xs" c="dimmed" className="tabular" truncate>
          {t('detail.curve.step')} {format.count(steps[at] ?? 0)}{epoch == null ? '' : ` · ${t('detail.curve.epoch')} ${format.value(epoch)}`} · <Text span inherit fw={600} c="var(--mantine-color-text)">{format.loss(values[at])}</Text>
          {smoothed == null ? '' : ` (${format.loss(smoothed)})`}
        </Text>
      </Group>
      <CurveChart
        description={t('detail.curve.summary', { metric: series.key, last: format.loss(summary?.last), min: format.loss(summary?.min), max: format.loss(summary?.max), count: summary?.count ?? values.length })}
        x={steps} lines={lines} logScale={logScale} range={range ?? extent} onZoom={onZoom} onHover={setHovered} syncKey={syncKey} height={height} formatX={format.count} formatY={format.value}
      />
      {notFinite > 0 && <Text size="xs" c="light-dark(#9c3d06, var(--mantine-color-orange-3))" mt={4}>{t('detail.curve.notFinite', { count: notFinite, formatted: format.count(notFinite) })}</Text>}
    </div>
  );
}
