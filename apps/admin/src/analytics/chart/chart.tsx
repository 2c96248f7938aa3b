import { useElementSize } from '@mantine/hooks';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import type { ECharts, EChartsCoreOption } from 'echarts/core';
import css from './chart.module.css';
import { initChart } from './echarts.js';
import { useInk, type Ink } from './ink.js';

/** Where a mark stands in the option that drew it. */
export interface Mark {
  series: number;
  index: number;
}

export interface ChartHandle {
  /** The picture as a PNG, on the background of the page, as a data address. */
  png: () => string;
}

export interface ChartProps {
  /** What the chart shows, in a sentence. */
  description: string;
  /** Without what all charts share: font, colours, tooltip look. */
  option: EChartsCoreOption;
  height: number;
  onPick?: (mark: Mark) => void;
  handle: Ref<ChartHandle>;
}

/** A statistical chart, drawn by ECharts. Its size, colours and language follow the page. */
export function Chart({ description, option, height, onPick, handle }: ChartProps) {
  const ink = useInk();
  const { ref: frame, width } = useElementSize<HTMLDivElement>();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const picked = useRef(onPick);
  useEffect(() => {
    picked.current = onPick;
  });

  const ready = width > 0;
  useEffect(() => {
    if (place.current === null || !ready) return undefined;
    const made = initChart(place.current, undefined, { renderer: 'canvas' });
    made.on('click', ({ seriesIndex, dataIndex }) => {
      if (seriesIndex !== undefined) picked.current?.({ series: seriesIndex, index: dataIndex });
    });
    chart.current = made;
    return () => {
      chart.current = null;
      made.dispose();
    };
  }, [ready]);
  useImperativeHandle(
    handle,
    () => ({ png: () => chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: ink.surface }) ?? '' }),
    [ink],
  );
  useEffect(() => {
    if (ready)
      chart.current?.setOption(
        { ...shared(ink), ...option, tooltip: { ...shared(ink).tooltip, ...(option['tooltip'] as object | undefined) } },
        { notMerge: true },
      );
  }, [ready, option, ink]);
  useEffect(() => {
    if (ready) chart.current?.resize({ width, height });
  }, [ready, width, height]);

  return (
    <div ref={frame} role="img" aria-label={description} className={css.chart} style={{ height }}>
      <div ref={place} className={css.place} />
    </div>
  );
}

function shared(ink: Ink) {
  return {
    color: [...ink.kinds],
    textStyle: {
      fontFamily:
        'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
      color: ink.text,
    },
    animationDuration: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
    animationDurationUpdate: 0,
    tooltip: {
      confine: true,
      backgroundColor: ink.surface,
      borderColor: ink.line,
      borderWidth: 1,
      padding: [8, 10],
      textStyle: { color: ink.text, fontSize: 12 },
      extraCssText: 'box-shadow:0 4px 14px rgb(0 0 0 / 18%)',
    },
  };
}
