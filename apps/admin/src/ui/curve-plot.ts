import UPlot from 'uplot';
import { TICK_DISTANCES, type CurveAxis, type CurveRange } from './curve-axis.js';
import { valueRange, type Stretch } from './curve-data.js';
import { watchFingers, type FingerActions } from './curve-touch.js';
import { pinched } from './curve-zoom.js';

export interface CurveLine {
  /** `null` leaves a gap, `undefined` (no point at this x) does not. */
  values: readonly (number | null | undefined)[];
  /** A CSS colour that reads on the background. */
  color: string;
  /** Behind the others: the raw line under its smoothed one. */
  faint?: boolean;
  /** Lengths of dashes and spaces; a line without is solid. */
  dash?: readonly number[];
  /** A letter at the end of the line, so that it is known without its colour. */
  tag?: string;
  /** Where the values are no finite numbers. */
  notFinite?: readonly Stretch[];
  /** Where nothing was reported: no line is drawn across. */
  silent?: readonly { from: number; to: number }[];
}

/** What the drawing reads at the moment it draws; it outlives a render. */
export interface Drawn {
  lines: readonly CurveLine[];
  logScale: boolean;
  axis: CurveAxis;
  range: CurveRange;
  /** From where to where the axis goes, `null` when that is not known. */
  whole: CurveRange | null;
  syncKey: string;
  width: number;
  height: number;
  onSelect: (from: number, to: number) => void;
  onReset: () => void;
  onHover: (index: number | null) => void;
  tick: (place: number, distance: number) => string;
  formatY: (value: number) => string;
}

const AXIS = { light: { text: '#5a6070', grid: '#e9ecef' }, dark: { text: '#949cae', grid: '#2c3242' } };
/** Pixels. */
const DRAG_FROM = 4;
const MARK = 4;
/** For the letters of lines, and for half of the last mark of the axis. */
const ROOM_RIGHT = 24;

/** How uPlot draws curves. Everything that may change while the chart lives is read from `latest`. */
export function plotOptions(latest: { readonly current: Drawn }, scheme: 'light' | 'dark'): UPlot.Options {
  const { lines, logScale, syncKey, width, height, axis: kind } = latest.current;
  const { text, grid } = AXIS[scheme];
  const pinch: Pinch = { held: null, seen: null, before: null };
  const axis: UPlot.Axis = { stroke: text, font: '11px system-ui', grid: { stroke: grid, width: 1 }, ticks: { show: false } };
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, ROOM_RIGHT, 0, 0],
    scales: {
      x: { time: kind === 'time', range: () => placesOf(rangeNow(pinch, latest.current.range)) },
      y: logScale ? { distr: 3 } : { range: (_chart, min, max) => valueRange([min, max]) ?? [0, 1] },
    },
    axes: [
      {
        ...axis,
        size: 28,
        space: kind === 'step' || kind === 'epoch' ? 50 : 80,
        incrs: TICK_DISTANCES[kind],
        values: (_chart, ticks, _index, _space, distance) => ticks.map((tick) => latest.current.tick(tick, distance)),
      },
      {
        ...axis,
        size: 62,
        ...(logScale ? {} : { incrs: TICK_DISTANCES.value }),
        values: (_chart, ticks) => ticks.map((tick) => (tick == null ? '' : latest.current.formatY(tick))),
      },
    ],
    series: [{}, ...lines.map((line, index) => toSeries(line, () => latest.current.lines[index]))],
    cursor: {
      sync: { key: syncKey },
      drag: { x: true, y: false, setScale: false, dist: DRAG_FROM },
      points: { size: 6 },
      dataIdx: (chart, series, index) =>
        latest.current.lines[series - 1]?.faint === true ? null : nearestPoint(chart.data[series] ?? [], index),
      bind: {
        dblclick: () => () => {
          latest.current.onReset();
          return null;
        },
      },
    },
    hooks: {
      ready: [(chart) => watchFingers(chart.over, fingerActions(chart, latest, pinch))],
      setSelect: [
        (chart) => {
          const { left, width: selected } = chart.select;
          if (selected >= DRAG_FROM) latest.current.onSelect(chart.posToVal(left, 'x'), chart.posToVal(left + selected, 'x'));
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
      setCursor: [
        (chart) => latest.current.onHover(chart.cursor.left == null || chart.cursor.left < 0 ? null : (chart.cursor.idx ?? null)),
      ],
      drawClear: [(chart) => latest.current.lines.forEach((line) => drawNotFinite(chart, line))],
      draw: [(chart) => drawTags(chart, latest.current.lines)],
    },
  };
}

/** What two fingers show: while they are down, and then until the chart is given another range than the one they left. */
interface Pinch {
  /** Places of the axis under the two fingers at first; `null` while fewer are down. */
  held: CurveRange | null;
  seen: CurveRange | null;
  /** The range of the chart when the fingers were lifted. */
  before: CurveRange | null;
}

function rangeNow(pinch: Pinch, range: CurveRange): CurveRange {
  const { held, seen, before } = pinch;
  if (seen !== null && (held !== null || (before !== null && isSame(before, range)))) return seen;
  // Forgotten for good: the same range may come back, and then is what was asked for.
  pinch.seen = null;
  return range;
}

function isSame(a: CurveRange, b: CurveRange): boolean {
  return a.from === b.from && a.to === b.to;
}

function covers({ from, to }: CurveRange, whole: CurveRange): boolean {
  return from <= whole.from && to >= whole.to;
}

function placesOf({ from, to }: CurveRange): [number, number] {
  return [from, to];
}

/** One finger marks a part to see closer, as the mouse does; two take the axis with them; two taps reset. */
function fingerActions(chart: UPlot, latest: { readonly current: Drawn }, pinch: Pinch): FingerActions {
  const unmark = () => chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  const onAxis = (part: CurveRange): CurveRange => {
    const { from, to } = rangeNow(pinch, latest.current.range);
    return { from: from + part.from * (to - from), to: from + part.to * (to - from) };
  };
  const letGo = () => {
    Object.assign(pinch, { held: null, seen: null });
    const { from, to } = latest.current.range;
    chart.setScale('x', { min: from, max: to });
  };
  return {
    mark: ({ from, to }, at) => {
      const { clientWidth: wide, clientHeight: high } = chart.over;
      chart.setSelect({ left: from * wide, top: 0, width: (to - from) * wide, height: high }, false);
      chart.setCursor({ left: at * wide, top: high / 2 });
    },
    marked: (part) => {
      unmark();
      const { from, to } = onAxis(part);
      if ((part.to - part.from) * chart.over.clientWidth >= DRAG_FROM) latest.current.onSelect(from, to);
    },
    hold: (fingers) => {
      unmark();
      Object.assign(pinch, { held: onAxis(fingers), seen: null });
    },
    pinch: (fingers) => {
      if (pinch.held === null) return;
      const seen = pinched(pinch.held, fingers, latest.current.whole);
      pinch.seen = seen;
      chart.setScale('x', { min: seen.from, max: seen.to });
    },
    release: () => {
      const { seen } = pinch;
      const { range, whole } = latest.current;
      Object.assign(pinch, { held: null, before: range });
      if (seen === null) return;
      // Who sees the whole and asks for the whole is given no other range.
      if (isSame(seen, range) || (whole !== null && covers(seen, whole) && covers(range, whole))) letGo();
      else latest.current.onSelect(seen.from, seen.to);
    },
    cancel: () => {
      unmark();
      if (pinch.held !== null) letGo();
    },
    doubleTap: () => latest.current.onReset(),
  };
}

function toSeries({ color, faint = false, dash }: CurveLine, now: () => CurveLine | undefined): UPlot.Series {
  return {
    stroke: color,
    width: faint ? 1 : 1.75,
    alpha: faint ? 0.35 : 1,
    spanGaps: false,
    ...(dash === undefined ? {} : { dash: [...dash] }),
    points: { show: (_chart, _series, from, to) => to - from < 3 },
    gaps: (chart, _series, _from, _to, gaps) => {
      const silent = (now()?.silent ?? []).map(({ from, to }): [number, number] => [
        chart.valToPos(from, 'x', true),
        chart.valToPos(to, 'x', true),
      ]);
      return [...gaps, ...silent].sort((a, b) => a[0] - b[0]);
    },
  };
}

/** Curves over one another have points at different places: the nearest of each is the one pointed at. */
function nearestPoint(values: ArrayLike<number | null | undefined>, index: number): number {
  for (let away = 0; away < values.length; away += 1) {
    if (values[index - away] != null) return index - away;
    if (values[index + away] != null) return index + away;
  }
  return index;
}

/** A tinted stretch with a cross at its foot: here the run was NaN or infinite. */
function drawNotFinite(chart: UPlot, { notFinite = [], color, faint = false }: CurveLine): void {
  if (faint || notFinite.length === 0) return;
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  const foot = bbox.top + bbox.height - (MARK + 2) * ratio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { from, to } of notFinite) {
    const [left, right] = [chart.valToPos(from, 'x', true), chart.valToPos(to, 'x', true)];
    if (right < bbox.left || left > bbox.left + bbox.width) continue;
    ctx.fillStyle = color;
    ctx.globalAlpha = 0.13;
    ctx.fillRect(left - ratio, bbox.top, Math.max(2 * ratio, right - left + 2 * ratio), bbox.height);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = color;
    ctx.lineWidth = 1.5 * ratio;
    const size = MARK * ratio;
    ctx.beginPath();
    ctx.moveTo(left - size, foot - size);
    ctx.lineTo(left + size, foot + size);
    ctx.moveTo(left + size, foot - size);
    ctx.lineTo(left - size, foot + size);
    ctx.stroke();
  }
  ctx.restore();
}

/** The letter of each line behind its last visible point; letters that would cover one another move apart. */
function drawTags(chart: UPlot, lines: readonly CurveLine[]): void {
  const { ctx, bbox, data, scales } = chart;
  const [from, to] = [scales['x']?.min ?? 0, scales['x']?.max ?? 0];
  const tags = lines.flatMap(({ tag, color }, index) => {
    const values = data[index + 1];
    if (tag === undefined || values === undefined) return [];
    for (let at = data[0].length - 1; at >= 0; at -= 1) {
      const [x, value] = [data[0][at] ?? 0, values[at]];
      if (value != null && x >= from && x <= to)
        return [{ tag, color, left: chart.valToPos(x, 'x', true), top: chart.valToPos(value, 'y', true) }];
    }
    return [];
  });
  tags.sort((a, b) => a.top - b.top);
  const line = 11 * devicePixelRatio;
  ctx.save();
  ctx.font = `700 ${line}px system-ui`;
  ctx.textBaseline = 'middle';
  let free = -Infinity;
  for (const { tag, color, left, top } of tags) {
    const at = Math.min(Math.max(top, free, bbox.top), bbox.top + bbox.height);
    free = at + line;
    ctx.fillStyle = color;
    ctx.fillText(tag, left + 5 * devicePixelRatio, at);
  }
  ctx.restore();
}
