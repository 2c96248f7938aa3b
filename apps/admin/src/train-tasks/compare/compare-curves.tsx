import { Button, Group, Slider, Switch, Text } from '@mantine/core';
import type { Comparison } from '@lora-ledger/contracts';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { CurveChart } from '../../ui/curve-chart.js';
import { useFormat } from '../../ui/use-format.js';
import type { CurveRange } from '../queries.js';
import css from './compare.module.css';
import { mergeCurves } from './merge-curves.js';
import { taskColor } from './task-color.js';

/** The training loss of all tasks over the same steps, each in its own colour, with the raw line behind the smoothed one. */
export function CompareCurves({ comparison }: { comparison: Comparison }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [logScale, setLogScale] = useState(false);
  const [smoothing, setSmoothing] = useState(0.6);
  const [range, setRange] = useState<CurveRange | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const drawn = useMemo(() => comparison.tasks.flatMap((task, index) => {
    const [series] = comparison.curves.find(({ taskId }) => taskId === task.taskId)?.series ?? [];
    return series === undefined ? [] : [{ task, series, color: taskColor(index) }];
  }), [comparison]);
  const merged = useMemo(() => mergeCurves(drawn.map(({ series }) => series), smoothing, logScale), [drawn, smoothing, logScale]);
  const lines = useMemo(() => [
    ...(smoothing > 0 ? drawn.map(({ color }, index) => ({ values: merged.raw[index] ?? [], color, faint: true })) : []),
    ...drawn.map(({ color }, index) => ({ values: (smoothing > 0 ? merged.smoothed : merged.raw)[index] ?? [], color })),
  ], [drawn, merged, smoothing]);
  if (drawn.length === 0) return <Card title={t('compare.curves')}><Text size="sm" c="dimmed">{t('compare.noCurves')}</Text></Card>;

  const extent = { from: 0, to: Math.max(1, merged.x.at(-1) ?? 1) };
  const controls = (
    <Group gap="md">
      {range !== null && <Button size="compact-xs" variant="light" onClick={() => setRange(null)}>{t('detail.curve.resetZoom')}</Button>}
      <Group gap={8} wrap="nowrap">
        <Text size="xs" c="dimmed" id="compare-smoothing">{t('detail.curve.smoothing')}</Text>
        <Slider w={90} size="sm" min={0} max={0.98} step={0.02} value={smoothing} onChange={setSmoothing} label={(value) => value.toFixed(2)} thumbProps={{ 'aria-labelledby': 'compare-smoothing' }} />
      </Group>
      <Switch size="xs" label={t('detail.curve.log')} checked={logScale} onChange={(event) => setLogScale(event.currentTarget.checked)} />
    </Group>
  );
  return (
    <Card title={t('compare.curves')} actions={controls}>
      <CurveChart
        description={t('compare.curvesText', { names: drawn.map(({ task }) => task.name).join(t('compare.separator')) })} x={merged.x} lines={lines} logScale={logScale} range={range ?? extent} onZoom={setRange}
        onHover={setHovered} syncKey="compare" height={280} formatX={format.count} formatY={format.value}
      />
      <ul className={css.legend}>
        {drawn.map(({ task, series, color }, index) => {
          const value = hovered === null ? series.values.at(-1) : merged.raw[index]?.[hovered];
          return (
            <li key={task.taskId}>
              <span className={css.swatch} style={{ background: color }} aria-hidden />
              <span className={css.legendName}>{task.name}</span>
              <span className="tabular">{format.loss(value)}</span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
