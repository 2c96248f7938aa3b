import { Button, Chip, Group, SimpleGrid, Slider, Stack, Switch, Text } from '@mantine/core';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { isTerminal } from '@lora-ledger/training';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { liveInterval } from '../live.js';
import { metricsOptions, type CurveRange } from '../queries.js';
import { CurvePanel } from './curve-panel.js';
import { defaultMetrics, metricColor, rankMetrics } from './metric-choice.js';

/** The curves of a task: as many metrics as somebody wants to see, all over the same steps. */
export function CurvesCard({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const available = rankMetrics(task.metrics.map(({ key }) => key));
  const [wanted, setWanted] = useState<readonly string[] | null>(null);
  const [logScale, setLogScale] = useState(false);
  const [smoothing, setSmoothing] = useState(0.6);
  const [range, setRange] = useState<CurveRange | null>(null);
  const keys = wanted ?? defaultMetrics(available);
  const { data } = useQuery({ ...metricsOptions(task.taskId, keys, range), refetchInterval: () => (range === null ? liveInterval(task) : false) });
  const extent = { from: 0, to: Math.max(1, ...task.metrics.map(({ lastStep }) => lastStep)) };
  const series = keys.flatMap((key) => data?.series.find((one) => one.key === key) ?? []);

  const controls = available.length > 0 && (
    <Group gap="md">
      {range !== null && <Button size="compact-xs" variant="light" onClick={() => setRange(null)}>{t('detail.curve.resetZoom')}</Button>}
      <Group gap={8} wrap="nowrap">
        <Text size="xs" c="dimmed" id="smoothing">{t('detail.curve.smoothing')}</Text>
        <Slider w={90} size="sm" min={0} max={0.98} step={0.02} value={smoothing} onChange={setSmoothing} label={(value) => value.toFixed(2)} thumbProps={{ 'aria-labelledby': 'smoothing' }} />
      </Group>
      <Switch size="xs" label={t('detail.curve.log')} checked={logScale} onChange={(event) => setLogScale(event.currentTarget.checked)} />
    </Group>
  );

  return (
    <Card title={t('detail.curve.title')} actions={controls}>
      {available.length === 0
        ? <Stack gap={2} py="lg" align="center"><Text fw={600} size="sm">{isTerminal(task.status) ? t('detail.curve.noneEver') : t('detail.curve.none')}</Text>{!isTerminal(task.status) && <Text size="sm" c="dimmed">{t('detail.curve.noneText')}</Text>}</Stack>
        : (
          <Stack gap="sm">
            <Group justify="space-between" gap="xs">
              <Chip.Group multiple value={[...keys]} onChange={(next) => { if (next.length > 0) setWanted(available.filter((key) => next.includes(key))); }}>
                <Group gap={6} role="group" aria-label={t('detail.curve.metrics')}>
                  {available.map((key) => <Chip key={key} value={key} size="xs" radius="sm" variant="outline" styles={{ root: { display: 'flex' } }}>{key}</Chip>)}
                </Group>
              </Chip.Group>
              <Text size="xs" c="dimmed" visibleFrom="sm">{t('detail.curve.zoomHint')}</Text>
            </Group>
            <SimpleGrid cols={{ base: 1, xl: series.length > 1 ? 2 : 1 }} spacing="md">
              {series.map((one) => (
                <CurvePanel
                  key={one.key} series={one} summary={task.metrics.find(({ key }) => key === one.key)} color={metricColor(available.indexOf(one.key))} logScale={logScale} smoothing={smoothing} range={range} extent={extent} onZoom={setRange}
                  syncKey={task.taskId} height={series.length > 2 ? 180 : 240}
                />
              ))}
            </SimpleGrid>
          </Stack>
        )}
    </Card>
  );
}
