import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { valueRange } from './curve-data.js';
import css from './curve-chart.module.css';

export interface CurveLine {
  /** `null` leaves a gap, `undefined` (no point at this x) does not. */
  values: readonly (number | null | undefined)[];
  /** A CSS colour that reads on both backgrounds. */
  color: string;
  /** Behind the others: the raw line under its smoothed one. */
  faint?: boolean;
}

interface CurveChartProps {
  /** What the curve shows, in a sentence. */
  description: string;
  x: readonly number[];
  lines: readonly CurveLine[];
  logScale: boolean;
  /** The part of the x axis to show. */
  range: { from: number; to: number };
  onZoom: (range: { from: number; to: number } | null) => void;
  /** Index of the point under the pointer, `null` when there is none. */
  onHover: (index: number | null) => void;
  /** Charts with the same key move their cursors together. */
  syncKey: string;
  formatX: (value: number) => string;
  formatY: (value: number) => string;
  height?: number;
}

/** Distances between the marks of an axis: 1, 2 and 5 times a power of ten. Steps are whole; values of a diverged run are astronomical. */
const decades = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((power) => [1, 2, 5].map((factor) => Number(`${factor}e${power}`)));
const STEP_TICKS = decades(0, 15);
const VALUE_TICKS = decades(-18, 60);

const AXIS = { light: { text: '#5a6070', grid: '#e9ecef' }, dark: { text: '#949cae', grid: '#2c3242' } };

/** Curves over steps, drawn by uPlot. New points are put into the living chart; only a change of its look makes a new one. */
export function CurveChart(props: CurveChartProps) {
  const { description, x, lines, logScale, range, height = 240 } = props;
  const scheme = useComputedColorScheme('light');
  const { ref: frame, width } = useElementSize<HTMLDivElement>();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | null>(null);
  const latest = useRef({ ...props, width });
  useEffect(() => {
    latest.current = { ...props, width };
  });

  const look = `${scheme}|${logScale}|${lines.map(({ color, faint }) => `${color}${faint ?? false}`).join()}`;
  const ready = width > 0;
  useEffect(() => {
    if (place.current === null || !ready) return undefined;
    const created = new UPlot(options(latest, AXIS[scheme]), dataOf(latest.current), place.current);
    chart.current = created;
    return () => {
      chart.current = null;
      created.destroy();
    };
  }, [ready, look, scheme]);
  useEffect(() => chart.current?.setData(dataOf({ x, lines })), [x, lines, range.from, range.to]);
  useEffect(() => chart.current?.setSize({ width, height }), [width, height]);

  return <div ref={frame} role="img" aria-label={description} className={css.chart} style={{ height }}><div ref={place} /></div>;
}

function dataOf({ x, lines }: Pick<CurveChartProps, 'x' | 'lines'>): UPlot.AlignedData {
  return [[...x], ...lines.map(({ values }) => [...values])];
}

function options(latest: { readonly current: CurveChartProps & { width: number } }, { text, grid }: { text: string; grid: string }): UPlot.Options {
  const { lines, logScale, syncKey, width, height = 240 } = latest.current;
  const axis: UPlot.Axis = { stroke: text, font: '11px system-ui', grid: { stroke: grid, width: 1 }, ticks: { show: false } };
  return {
    width, height, legend: { show: false }, padding: [8, 8, 0, 0],
    scales: {
      x: { time: false, range: () => [latest.current.range.from, latest.current.range.to] },
      y: logScale ? { distr: 3 } : { range: (_chart, min, max) => valueRange([min, max]) ?? [0, 1] },
    },
    axes: [
      { ...axis, size: 28, incrs: STEP_TICKS, values: (_chart, ticks) => ticks.map((tick) => latest.current.formatX(tick)) },
      { ...axis, size: 62, ...(logScale ? {} : { incrs: VALUE_TICKS }), values: (_chart, ticks) => ticks.map((tick) => (tick == null ? '' : latest.current.formatY(tick))) },
    ],
    series: [{}, ...lines.map(({ color, faint = false }): UPlot.Series => ({ stroke: color, width: faint ? 1 : 1.75, alpha: faint ? 0.35 : 1, points: { show: (_chart, _series, from, to) => to - from < 3 }, spanGaps: false }))],
    cursor: {
      sync: { key: syncKey }, drag: { x: true, y: false, setScale: false }, points: { size: 6 },
      bind: { dblclick: () => () => { latest.current.onZoom(null); return null; } },
    },
    hooks: {
      setSelect: [(chart) => {
        const { left, width: selected } = chart.select;
        if (selected > 3) latest.current.onZoom({ from: Math.floor(chart.posToVal(left, 'x')), to: Math.ceil(chart.posToVal(left + selected, 'x')) });
        chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      }],
      setCursor: [(chart) => latest.current.onHover(chart.cursor.idx ?? null)],
    },
  };
}
