/** Curves as they come over HTTP made ready to be drawn. Pure. */

/** A value of a metric: a number, or `"NaN"`, `"Infinity"`, `"-Infinity"`. */
export type CurveValue = number | string;

/** Values that can be drawn; `null` leaves a gap where the value was not finite or, on a log scale, not positive. */
export function drawable(values: readonly CurveValue[], logScale: boolean): (number | null)[] {
  return values.map((value) => (typeof value === 'number' && Number.isFinite(value) && (!logScale || value > 0) ? value : null));
}

/** A stretch of the axis, from its first point to its last; `count` points. */
export interface Stretch {
  from: number;
  to: number;
  count: number;
}

/** Where a curve is no finite number: neighbouring points together. */
export function notFiniteStretches(x: readonly number[], values: readonly CurveValue[]): Stretch[] {
  const stretches: Stretch[] = [];
  let isInside = false;
  values.forEach((value, index) => {
    const isStrange = typeof value !== 'number' || !Number.isFinite(value);
    const place = x[index] ?? 0;
    const last = stretches.at(-1);
    if (isStrange && isInside && last !== undefined) Object.assign(last, { to: place, count: last.count + 1 });
    else if (isStrange) stretches.push({ from: place, to: place, count: 1 });
    isInside = isStrange;
  });
  return stretches;
}

const SILENCE = 12;
const RHYTHM_FROM = 12;

/** Where nothing was reported for twelve times as long as usual: from the last point before to the first after. */
export function silences(x: readonly number[]): { from: number; to: number }[] {
  if (x.length < RHYTHM_FROM) return [];
  const distances = x.slice(1).map((place, index) => place - (x[index] ?? 0));
  const usual = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
  return usual <= 0
    ? []
    : distances.flatMap((distance, index) => (distance > SILENCE * usual ? [{ from: x[index] ?? 0, to: x[index + 1] ?? 0 }] : []));
}

/**
 * Exponential moving average with the start corrected, so that the first points are not pulled to zero:
 * `weight` 0 is the curve itself, 0.99 the smoothest. Gaps stay gaps and do not count.
 */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
  let average = 0;
  let count = 0;
  return values.map((value) => {
    if (value === null) return null;
    count += 1;
    average = average * weight + value * (1 - weight);
    return average / (1 - weight ** count);
  });
}

/** Lowest and highest drawable value with a little air, so that a flat curve is not drawn on the frame. */
export function valueRange(values: readonly (number | null)[]): [number, number] | null {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return null;
  const low = known.reduce((a, b) => Math.min(a, b));
  const high = known.reduce((a, b) => Math.max(a, b));
  const air = high === low ? Math.abs(high) * 0.1 || 1 : (high - low) * 0.05;
  return [low - air, high + air];
}
