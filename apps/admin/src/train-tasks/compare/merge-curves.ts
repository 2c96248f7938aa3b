import type { CurvePoints } from '../../ui/curve-axis.js';
import { drawable, smooth } from '../../ui/curve-data.js';

export interface MergedCurves {
  /** All places of all curves, ascending. */
  x: number[];
  /** Per curve a value per place: `null` where it is not finite (a gap), `undefined` where the curve has no point (none). */
  raw: (number | null | undefined)[][];
  smoothed: (number | null | undefined)[][];
}

/** Lays curves with different points over one another. Each is smoothed by itself first: another curve's points must not pull at it. */
export function mergeCurves(curves: readonly Pick<CurvePoints, 'x' | 'values'>[], smoothing: number, logScale: boolean): MergedCurves {
  const x = Float64Array.from(new Set(curves.flatMap((curve) => curve.x))).sort();
  const spread = (places: readonly number[], values: readonly (number | null)[]): (number | null | undefined)[] => {
    const line = new Array<number | null | undefined>(x.length).fill(undefined);
    let at = 0;
    places.forEach((place, index) => {
      while (at < x.length && (x[at] ?? Infinity) < place) at += 1;
      line[at] = values[index] ?? null;
    });
    return line;
  };
  const lines = curves.map((curve) => ({ places: curve.x, values: drawable(curve.values, logScale) }));
  return {
    x: [...x],
    raw: lines.map(({ places, values }) => spread(places, values)),
    smoothed: smoothing === 0 ? [] : lines.map(({ places, values }) => spread(places, smooth(values, smoothing))),
  };
}
