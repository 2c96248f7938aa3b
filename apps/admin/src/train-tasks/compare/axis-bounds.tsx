import { Group, RangeSlider, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { boundsOf, stopsOf, type Interval, type ParallelAxis } from './parallel-axes.js';

interface AxisBoundsProps {
  axes: readonly ParallelAxis[];
  /** Names of the axes, in their order. */
  names: readonly string[];
  marked: ReadonlyMap<string, readonly Interval[]>;
  onMark: (path: string, intervals: readonly Interval[]) => void;
}

/** The marks of the chart as pairs of sliders, for keys and fingers. They go from one value that a task has to the next. */
export function AxisBounds({ axes, names, marked, onMark }: AxisBoundsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <SimpleGrid
      cols={{ base: 1, xs: 2, md: 3, lg: 4 }}
      spacing="xl"
      verticalSpacing="sm"
      mt="xs"
      role="group"
      aria-label={t('compare.bounds')}
    >
      {axes.map(({ path, values }, index) => {
        const [name, stops] = [names[index] ?? path, stopsOf(values)];
        const last = stops.length - 1;
        if (last < 1) return null;
        const [from, to] = boundsOf(stops, marked.get(path) ?? []);
        return (
          <div
            key={path}
            onKeyDown={({ key }) => {
              if (key === 'Escape') onMark(path, []);
            }}
          >
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Text size="xs" fw={600} truncate title={name}>
                {name}
              </Text>
              <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: 'nowrap' }}>
                {format.value(stops[from])} – {format.value(stops[to])}
              </Text>
            </Group>
            <RangeSlider
              size="sm"
              mt={6}
              min={0}
              max={last}
              step={1}
              minRange={0}
              label={null}
              value={[from, to]}
              thumbFromLabel={t('compare.boundFrom', { name })}
              thumbToLabel={t('compare.boundTo', { name })}
              thumbValueText={(at) => format.value(stops[at])}
              onChange={([low, high]) => onMark(path, low <= 0 && high >= last ? [] : [[stops[low] ?? 0, stops[high] ?? 0]])}
            />
          </div>
        );
      })}
    </SimpleGrid>
  );
}
