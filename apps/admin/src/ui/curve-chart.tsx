import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme, VisuallyHidden } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import UPlot from 'uplot';
import { placeText, tickText, type CurveAxis, type CurveRange } from './curve-axis.js';
import css from './curve-chart.module.css';
import { plotOptions, type CurveLine, type Drawn } from './curve-plot.js';
import { moved, zoomed } from './curve-zoom.js';
import { useFormat } from './use-format.js';

export interface CurveChartProps {
  /** What the curve shows, in a sentence. */
  description: string;
  axis: CurveAxis;
  /** Places of the points on the axis, ascending. */
  x: readonly number[];
  lines: readonly CurveLine[];
  logScale: boolean;
  /** The part of the axis to show. */
  range: CurveRange;
  /** From where to where the axis goes, so that nobody zooms out of it; `null` when that is not known. */
  whole: CurveRange | null;
  /** A part of the axis was marked to be seen closer. */
  onSelect: (from: number, to: number) => void;
  onReset: () => void;
  /** Index of the point under the pointer, `null` when there is none. */
  onHover: (index: number | null) => void;
  /** A point in words, for those who walk along the curve by keyboard. */
  pointText: (index: number) => string;
  /** Charts with the same key move their cursors together. */
  syncKey: string;
  /** Pixels it is high at least; a very high window gives it more. */
  height?: number;
}

/** Pixels. In a higher window curves take the same part of it instead of leaving it empty. */
const ORDINARY_WINDOW = 1000;

/** How high a curve is, for the style of what keeps its place until it is there. */
export function curveHeight(least: number): string {
  return `max(${least}px, ${(100 * least) / ORDINARY_WINDOW}vh)`;
}

/** Curves, drawn by uPlot. New points are put into the living chart; only a change of its look makes a new one. */
export function CurveChart(props: CurveChartProps) {
  const { description, axis, x, lines, logScale, range, whole, pointText, height: least = 240 } = props;
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const hint = useId();
  const scheme = useComputedColorScheme('light');
  const { ref: frame, width, height } = useElementSize<HTMLDivElement>();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | null>(null);
  const [told, setTold] = useState('');
  const seek = (part: CurveRange): void => {
    if (whole !== null && part.from <= whole.from && part.to >= whole.to) props.onReset();
    else props.onSelect(part.from, part.to);
  };
  const drawn: Drawn = {
    ...props,
    onSelect: (from, to) => seek({ from, to }),
    width,
    height,
    tick: (at, distance) => tickText(axis, at, distance, format, i18n.language),
    formatY: format.value,
  };
  const latest = useRef(drawn);
  useEffect(() => {
    latest.current = drawn;
  });

  const look = `${scheme}|${axis}|${logScale}|${i18n.language}|${lines.map(({ color, faint, dash, tag }) => `${color}${faint ?? false}${dash?.join(' ') ?? ''}${tag ?? ''}`).join()}`;
  const ready = width > 0;
  useEffect(() => {
    if (place.current === null || !ready) return undefined;
    const created = new UPlot(plotOptions(latest, scheme), dataOf(latest.current, x), place.current);
    chart.current = created;
    return () => {
      chart.current = null;
      created.destroy();
    };
    // The points of a living chart are changed below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [ready, look, scheme]);
  useEffect(() => chart.current?.setData(dataOf({ lines }, x)), [x, lines, range.from, range.to]);
  useEffect(() => chart.current?.setSize({ width, height }), [width, height]);

  const walk = (event: KeyboardEvent): void => {
    const plot = chart.current;
    if (plot === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const [first, last] = [plot.valToIdx(range.from), plot.valToIdx(range.to)];
    const at = plot.cursor.idx ?? last;
    const pace = event.shiftKey ? 10 : 1;
    const moves: Record<string, () => void> = {
      ArrowLeft: () =>
        at <= first && (whole === null || range.from > whole.from) ? show(moved(range, -0.5, whole)) : goTo(Math.max(first, at - pace)),
      ArrowRight: () =>
        at >= last && (whole === null || range.to < whole.to) ? show(moved(range, 0.5, whole)) : goTo(Math.min(last, at + pace)),
      Home: () => goTo(first),
      End: () => goTo(last),
      '+': () => zoom(0.5),
      '=': () => zoom(0.5),
      '-': () => zoom(2),
      '0': reset,
      Escape: reset,
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();

    function goTo(index: number): void {
      plot?.setCursor({ left: plot.valToPos(x[index] ?? 0, 'x'), top: height / 2 });
      setTold(pointText(index));
    }
    function zoom(by: number): void {
      show(zoomed(range, x[at] ?? (range.from + range.to) / 2, by, whole));
    }
    function show(part: CurveRange): void {
      seek(part);
      setTold(t('curves.seen', { from: placeText(axis, part.from, format), to: placeText(axis, part.to, format) }));
    }
    function reset(): void {
      props.onReset();
      setTold(t('curves.seenWhole'));
    }
  };

  return (
    <div
      ref={frame}
      role="application"
      aria-label={description}
      aria-describedby={hint}
      tabIndex={0}
      onKeyDown={walk}
      onBlur={() => setTold('')}
      className={css.chart}
      style={{ height: curveHeight(least) }}
    >
      <div ref={place} aria-hidden />
      <VisuallyHidden id={hint}>{t('curves.keys')}</VisuallyHidden>
      <VisuallyHidden role="status">{told}</VisuallyHidden>
    </div>
  );
}

function dataOf({ lines }: Pick<Drawn, 'lines'>, x: readonly number[]): UPlot.AlignedData {
  return [[...x], ...lines.map(({ values }) => [...values])];
}
