/** Curves as they come over HTTP made ready to be drawn. Pure. */

/** A value of a metric: a number, or `"NaN"`, `"Infinity"`, `"-Infinity"`. */
export type CurveValue = number | string;

/** Values that can be drawn; `null` leaves a gap where the value was not finite or, on a log scale, not positive. */
export function drawable(values: readonly CurveValue[], logScale: boolean): (number | null)[] {
  return values.map((value) => (typeof value === 'number' && Number.isFinite(value) && (!logScale || value > 0) ? value : null));
}

/** How many of the values are no finite numbers. */
export function countNotFinite(values: readonly CurveValue[]): number {
  return values.filter((value) => typeof value !== 'number' || !Number.isFinite(value)).length;
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
