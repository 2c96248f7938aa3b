import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { ParallelChart as Lines } from 'echarts/charts';
import { ParallelComponent } from 'echarts/components';
import { init, use as register, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useFormat } from '../../ui/use-format.js';
import { isSameMark, type Interval, type ParallelAxis } from './parallel-axes.js';
import type { TaskLook } from './task-look.js';

register([Lines, ParallelComponent, CanvasRenderer]);

interface ParallelChartProps {
  axes: readonly ParallelAxis[];
  /** Names of the axes, in their order. */
  names: readonly string[];
  looks: readonly TaskLook[];
  description: string;
  marked: ReadonlyMap<string, readonly Interval[]>;
  /** What somebody marked on an axis by dragging along it. */
  onMark: (path: string, intervals: readonly Interval[]) => void;
}

const HEIGHT = 300;
const INK = { light: { text: '#3d4455', line: '#adb5bd' }, dark: { text: '#bcc2cf', line: '#3d4455' } };

/** A line for each task through its values on all axes. */
export function ParallelChart({ axes, names, looks, description, marked, onMark }: ParallelChartProps) {
  const format = useFormat();
  const scheme = useComputedColorScheme('light');
  const { ref: frame, width } = useElementSize<HTMLDivElement>();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const mark = useRef(onMark);
  const drawn = useRef(new Map<string, readonly Interval[]>());
  useEffect(() => {
    mark.current = onMark;
  });
  const isReady = width > 0;

  useEffect(() => {
    if (place.current === null || !isReady) return undefined;
    const created = init(place.current, null, { height: HEIGHT });
    chart.current = created;
    created.on('axisareaselected', (event) => {
      const { parallelAxisId, intervals } = event as { parallelAxisId?: string; intervals?: Interval[] };
      if (parallelAxisId === undefined) return;
      drawn.current.set(parallelAxisId, intervals ?? []);
      mark.current(parallelAxisId, intervals ?? []);
    });
    return () => {
      chart.current = null;
      created.dispose();
    };
  }, [isReady]);

  useEffect(() => {
    const { text, line } = INK[scheme];
    chart.current?.setOption(
      {
        animation: false,
        parallel: {
          left: 60,
          right: 70,
          top: 42,
          bottom: 22,
          parallelAxisDefault: {
            nameLocation: 'end',
            nameGap: 16,
            nameTextStyle: { color: text, fontSize: 12, fontWeight: 600 },
            axisLine: { lineStyle: { color: line, width: 1.5 } },
            axisTick: { lineStyle: { color: line } },
            axisLabel: { color: text, fontSize: 11, formatter: (value: number) => format.value(value) },
            minorTick: { show: false },
            areaSelectStyle: { width: 22, color: '#5b73e2', opacity: 0.25, borderColor: '#5b73e2', borderWidth: 1 },
          },
        },
        parallelAxis: axes.map(({ path, isLog }, dim) => ({
          id: path,
          dim,
          name: names[dim],
          type: isLog ? 'log' : 'value',
          scale: true,
          nameTruncate: { maxWidth: 130 },
        })),
        series: [
          {
            type: 'parallel',
            inactiveOpacity: 0.08,
            activeOpacity: 1,
            smooth: false,
            data: looks.map(({ color, dash }, index) => ({
              value: axes.map(({ values }) => values[index] ?? '-'),
              lineStyle: { color, width: 2, opacity: 0.9, type: dash === undefined ? 'solid' : [...dash] },
            })),
          },
        ],
      },
      true,
    );
    drawn.current.clear();
  }, [axes, names, looks, scheme, format, isReady]);
  useEffect(() => {
    const changed = axes.filter(({ path }) => !isSameMark(marked.get(path) ?? [], drawn.current.get(path) ?? []));
    for (const { path } of changed)
      chart.current?.dispatchAction({ type: 'axisAreaSelect', parallelAxisId: path, intervals: marked.get(path) ?? [] });
    // An axis does not draw the mark that it has just been told of, as if a hand had drawn it there.
    if (changed.length > 0) chart.current?.resize();
  }, [axes, names, looks, scheme, format, isReady, marked]);
  useEffect(() => {
    if (width > 0) chart.current?.resize({ width, height: HEIGHT });
  }, [width]);

  return (
    <div ref={frame} role="img" aria-label={description} style={{ width: '100%', height: HEIGHT, overflow: 'hidden' }}>
      <div ref={place} style={{ width: '100%', height: HEIGHT }} aria-hidden />
    </div>
  );
}
