import { Group, Stack, Text } from '@mantine/core';
import type { Comparison } from '@lora-ledger/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { CurveControls, MetricChoice, ZoomHint } from '../../ui/curve-controls.js';
import { USUAL_SMOOTHING, zoomOf, type CurveSearch } from '../../ui/curve-search.js';
import { rankMetrics } from '../task/metric-choice.js';
import { OverlaidCurves } from './overlaid-curves.js';
import type { TaskLook } from './task-look.js';

interface CompareCurvesProps {
  comparison: Comparison;
  looks: readonly TaskLook[];
  search: CurveSearch;
  onChange: (part: Partial<CurveSearch>) => void;
}

/** The curves of all tasks over one another, a chart for each metric; the training loss unless another is asked for. */
export function CompareCurves({ comparison: { tasks, metrics }, looks, search, onChange }: CompareCurvesProps) {
  const { t } = useTranslation();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const available = rankMetrics(metrics.map(({ key }) => key));
  const named = available.filter((key) => search.metrics?.includes(key));
  const keys = named.length > 0 ? named : available.slice(0, 1);
  const { axis = 'step', log = false, smoothing = USUAL_SMOOTHING } = search;
  const toggle = (taskId: string) =>
    setHidden((before) => {
      const after = new Set(before);
      if (!after.delete(taskId)) after.add(taskId);
      return after;
    });
  const change = (part: Partial<CurveSearch>) => onChange({ ...part, ...('axis' in part ? { from: undefined, to: undefined } : {}) });
  if (available.length === 0)
    return (
      <Card title={t('compare.curves')}>
        <Text size="sm" c="dimmed">
          {t('compare.noMetrics')}
        </Text>
      </Card>
    );
  return (
    <Card title={t('compare.curves')} actions={<CurveControls search={search} onChange={change} hasEpochs />}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          {available.length > 1 && (
            <MetricChoice available={available} chosen={keys} onChange={(chosen) => onChange({ metrics: chosen })} />
          )}
          <ZoomHint />
        </Group>
        {keys.map((metric) => (
          <OverlaidCurves
            key={metric}
            tasks={tasks}
            looks={looks}
            metric={metric}
            axis={axis}
            logScale={log}
            smoothing={smoothing}
            zoom={zoomOf(search)}
            onZoom={(range) => onChange({ from: range?.from, to: range?.to })}
            hidden={hidden}
            onToggle={toggle}
            height={keys.length > 2 ? 220 : 300}
          />
        ))}
      </Stack>
    </Card>
  );
}
