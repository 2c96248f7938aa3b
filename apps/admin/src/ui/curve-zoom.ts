import type { CurvePoints, CurveRange } from './curve-axis.js';
import { stepsBetween } from './curve-axis.js';

/** Nothing is seen closer than this share of the whole. */
const CLOSEST = 1e-6;
/** Fingers closer together than this share of the width count as that far apart. */
const FINGERS_APART = 0.05;

/** Moves a part of an axis into the whole; one that is longer becomes the whole. `null`: where the axis ends is not known. */
export function within(part: CurveRange, whole: CurveRange | null): CurveRange {
  if (whole === null) return part;
  if (part.to - part.from >= whole.to - whole.from) return whole;
  const from = Math.min(Math.max(part.from, whole.from), whole.to - (part.to - part.from));
  return { from, to: from + part.to - part.from };
}

/** A part seen closer (`by` below 1) or from farther away; the place `at` stays where it is on the screen. */
export function zoomed(part: CurveRange, at: number, by: number, whole: CurveRange | null): CurveRange {
  const least = whole === null ? 0 : ((whole.to - whole.from) * CLOSEST) / (part.to - part.from);
  const factor = Math.max(by, least);
  const middle = Math.min(Math.max(at, part.from), part.to);
  return within({ from: middle - (middle - part.from) * factor, to: middle + (part.to - middle) * factor }, whole);
}

/** The part beside a part. @param by how far, as a share of its length; negative to the left */
export function moved({ from, to }: CurveRange, by: number, whole: CurveRange | null): CurveRange {
  const distance = (to - from) * by;
  return within({ from: from + distance, to: to + distance }, whole);
}

/**
 * The part to see when two fingers that were put on two places of the axis have moved.
 *
 * @param held places of the axis under the fingers at first
 * @param fingers where they are now, as shares of the width, 0 to 1
 */
export function pinched(held: CurveRange, fingers: CurveRange, whole: CurveRange | null): CurveRange {
  const length = (held.to - held.from) / Math.max(FINGERS_APART, fingers.to - fingers.from);
  const from = (held.from + held.to) / 2 - ((fingers.from + fingers.to) / 2) * length;
  return within({ from, to: from + length }, whole);
}

/** Steps for each unit of the axis, and from where to where that was measured; `null` where nothing can be said. */
function paceOf(points: CurvePoints): { first: number; last: number; loaded: CurveRange; pace: number } | null {
  const [first, last] = [points.x[0], points.x.at(-1)];
  const loaded = first === undefined || last === undefined ? null : stepsBetween(points, first, last);
  if (first === undefined || last === undefined || loaded === null || last <= first || loaded.to <= loaded.from) return null;
  return { first, last, loaded, pace: (loaded.to - loaded.from) / (last - first) };
}

/** The steps between two places of the axis. Beyond the points that are loaded they are guessed from the pace of the curve. */
export function stepsAround(points: CurvePoints, from: number, to: number): CurveRange | null {
  const [inside, known] = [stepsBetween(points, from, to), paceOf(points)];
  if (inside === null || known === null) return inside;
  return {
    from: Math.max(0, Math.floor(inside.from - Math.max(0, known.first - from) * known.pace)),
    to: Math.ceil(inside.to + Math.max(0, to - known.last) * known.pace),
  };
}

/** From where to where the axis goes when only a part of its steps is loaded, guessed from the pace of the curve. */
export function wholeAxis(points: CurvePoints, lastStep: number): CurveRange | null {
  const known = paceOf(points);
  return known === null
    ? null
    : { from: known.first - known.loaded.from / known.pace, to: known.last + Math.max(0, lastStep - known.loaded.to) / known.pace };
}
