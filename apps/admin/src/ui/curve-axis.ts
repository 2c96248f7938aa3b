import type { CurveValue } from './curve-data.js';
import type { Format } from './use-format.js';

/** What a curve is drawn over. `time` is the clock, `relative` the time since the run began. */
export const CURVE_AXES = ['step', 'epoch', 'time', 'relative'] as const;
export type CurveAxis = (typeof CURVE_AXES)[number];

/** A part of a curve in steps, both ends included: what the server is asked for, whatever axis is shown. */
export interface CurveRange {
  from: number;
  to: number;
}

/** A curve as it comes: columns of the same length, steps ascending. Times in milliseconds since 1970. */
export interface CurveColumns {
  steps: readonly number[];
  values: readonly CurveValue[];
  epochs: readonly (number | null)[];
  times: readonly number[];
}

/** The same with a place on the axis for each point, ascending. */
export interface CurvePoints extends CurveColumns {
  /** Steps, epochs, or seconds. */
  x: readonly number[];
}

/**
 * Lays a curve along an axis. Points without a place on it are left out: those whose epoch was not reported.
 *
 * @param origin when the run began, milliseconds since 1970; for `relative`
 */
export function alongAxis(curve: CurveColumns, axis: CurveAxis, origin: number): CurvePoints {
  if (axis === 'step') return { ...curve, x: curve.steps };
  const place = (index: number): number | null => {
    if (axis === 'epoch') return curve.epochs[index] ?? null;
    const time = curve.times[index] ?? 0;
    return (axis === 'time' ? time : time - origin) / 1000;
  };
  const placed = curve.steps.flatMap((_step, index) => {
    const x = place(index);
    return x === null ? [] : [{ x, index }];
  });
  // Steps may be reported out of order, and an epoch may be told late.
  placed.sort((a, b) => a.x - b.x || a.index - b.index);
  const pick = <T>(column: readonly T[]): T[] => placed.map(({ index }) => column[index] as T);
  return {
    x: placed.map(({ x }) => x),
    steps: pick(curve.steps),
    values: pick(curve.values),
    epochs: pick(curve.epochs),
    times: pick(curve.times),
  };
}

/** The steps of what stands between two places of the axis, and of the points next to it, so that lines reach the edge. */
export function stepsBetween({ x, steps }: CurvePoints, from: number, to: number): CurveRange | null {
  if (x.length === 0) return null;
  const after = x.findIndex((place) => place >= to);
  const last = after === -1 ? x.length - 1 : after;
  const first = Math.max(
    0,
    x.findLastIndex((place) => place <= from),
  );
  const within = steps.slice(Math.min(first, last), Math.max(first, last) + 1);
  return { from: within.reduce((a, b) => Math.min(a, b)), to: within.reduce((a, b) => Math.max(a, b)) };
}

/** From where to where the axis goes for some curves, `null` for none. With `range` only its steps count. */
export function extentOf(curves: readonly CurvePoints[], range: CurveRange | null): CurveRange | null {
  let [from, to] = [Infinity, -Infinity];
  for (const { x, steps } of curves) {
    x.forEach((place, index) => {
      const step = steps[index] ?? 0;
      if (range !== null && (step < range.from || step > range.to)) return;
      if (place < from) from = place;
      if (place > to) to = place;
    });
  }
  return from > to ? null : { from, to: to === from ? from + 1 : to };
}

/** The last point at or before a place of the axis, -1 when there is none. */
export function indexAt(x: readonly number[], place: number): number {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? Infinity) <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A place of the axis in words. */
export function placeText(axis: CurveAxis, place: number, format: Format): string {
  if (axis === 'step') return format.count(place);
  if (axis === 'epoch') return format.value(place);
  return axis === 'time' ? format.fullTime(new Date(place * 1000).toISOString()) : format.duration(place);
}

const MINUTE = 60;
const DAY = 86_400;

/** A mark of the axis, as short as its distance to the next allows. @param distance between marks, in units of the axis */
export function tickText(axis: CurveAxis, place: number, distance: number, format: Format, language: string): string {
  if (axis !== 'time') return axis === 'relative' ? (place === 0 ? '0' : format.duration(place)) : placeText(axis, place, format);
  const time = new Date(place * 1000);
  if (distance >= DAY) return new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' }).format(time);
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    ...(distance < MINUTE ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(time);
}

const decades = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((power) =>
    [1, 2, 5].map((factor) => Number(`${factor}e${power}`)),
  );
const SECONDS = [
  1,
  2,
  5,
  10,
  15,
  30,
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * 3600),
  ...[1, 2, 5, 10, 30, 100, 365].map((days) => days * DAY),
];

/** Distances that marks of an axis may have. Steps are whole; values of a diverged run are astronomical. */
export const TICK_DISTANCES: Record<CurveAxis | 'value', number[]> = {
  step: decades(0, 15),
  epoch: decades(-4, 6),
  time: SECONDS,
  relative: SECONDS,
  value: decades(-18, 60),
};
