import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { isTerminal } from '@lora-ledger/training';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { alongAxis, extentOf, type CurveRange } from '../../ui/curve-axis.js';
import { CurveControls, MetricChoice, ZoomHint } from '../../ui/curve-controls.js';
import { USUAL_SMOOTHING, zoomOf, type CurveSearch } from '../../ui/curve-search.js';
import { liveInterval } from '../live.js';
import { metricsOptions } from '../queries.js';
import { CurvePanel, PanelPlace } from './curve-panel.js';
import { defaultMetrics, metricColor, rankMetrics } from './metric-choice.js';

interface CurvesCardProps {
  task: TrainTaskDetail;
  search: CurveSearch;
  onChange: (part: Partial<CurveSearch>) => void;
}

/** The curves of a task: as many metrics as somebody wants to see, all over the same axis. How they are shown stands in the address. */
export function CurvesCard({ task, search, onChange }: CurvesCardProps) {
  const { t } = useTranslation();
  const available = rankMetrics(task.metrics.map(({ key }) => key));
  const named = available.filter((key) => search.metrics?.includes(key));
  const keys = named.length > 0 ? named : defaultMetrics(available);
  const { axis = 'step', log = false, smoothing = USUAL_SMOOTHING } = search;
  const zoom = zoomOf(search);
  const { data, isPending, isPlaceholderData } = useQuery({
    ...metricsOptions(task.taskId, keys, zoom),
    refetchInterval: () => (zoom === null ? liveInterval(task) : false),
  });
  const series = keys.flatMap((key) => data?.series.find((one) => one.key === key) ?? []);
  // A metric that the answer does not tell of has no points.
  const panels = isPending || isPlaceholderData ? keys : series.map(({ key }) => key);
  const height = panels.length > 2 ? 180 : 240;
  const origin = Date.parse(task.startTime ?? task.createdAt);
  // Told by the task until the points come, so that the choice of axes does not grow then.
  const hasEpochs = isPending ? task.currentEpoch !== null : series.some(({ epochs }) => epochs.some((epoch) => epoch !== null));
  const lastStep = Math.max(1, ...task.metrics.map((metric) => metric.lastStep));
  const setZoom = (range: CurveRange | null) => {
    const isAll = range === null || (range.from <= 0 && range.to >= lastStep);
    onChange({ from: isAll ? undefined : Math.max(0, range.from), to: isAll ? undefined : Math.min(lastStep, range.to) });
  };
  // Steps are known of all metrics, also of those not shown: the axis does not change with the choice.
  const extent =
    axis === 'step'
      ? { from: 0, to: lastStep }
      : extentOf(
          series.map((one) => alongAxis(one, axis, origin)),
          null,
        );

  return (
    <Card
      title={t('detail.curve.title')}
      actions={available.length > 0 && <CurveControls search={search} onChange={onChange} hasEpochs={hasEpochs} />}
    >
      {available.length === 0 ? (
        <Stack gap={2} py="lg" align="center">
          <Text fw={600} size="sm">
            {isTerminal(task.status) ? t('detail.curve.noneEver') : t('detail.curve.none')}
          </Text>
          {!isTerminal(task.status) && (
            <Text size="sm" c="dimmed">
              {t('detail.curve.noneText')}
            </Text>
          )}
        </Stack>
      ) : (
        <Stack gap="sm">
          <Group justify="space-between" gap="xs">
            <MetricChoice available={available} chosen={keys} onChange={(metrics) => onChange({ metrics })} />
            <ZoomHint />
          </Group>
          <SimpleGrid cols={{ base: 1, xl: panels.length > 1 ? 2 : 1 }} spacing="md">
            {panels.map((metric) => {
              const one = series.find(({ key }) => key === metric);
              const color = metricColor(available.indexOf(metric));
              return one === undefined ? (
                <PanelPlace key={metric} metric={metric} color={color} height={height} />
              ) : (
                <CurvePanel
                  key={metric}
                  series={one}
                  summary={task.metrics.find(({ key }) => key === metric)}
                  color={color}
                  axis={axis}
                  origin={origin}
                  logScale={log}
                  smoothing={smoothing}
                  zoom={zoom}
                  extent={extent}
                  onZoom={setZoom}
                  syncKey={task.taskId}
                  height={height}
                />
              );
            })}
          </SimpleGrid>
        </Stack>
      )}
    </Card>
  );
}
