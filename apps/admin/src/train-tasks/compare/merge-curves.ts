import type { CurveValue } from '../../ui/curve-data.js';
import { drawable, smooth } from '../../ui/curve-data.js';

interface Curve {
  steps: readonly number[];
  values: readonly CurveValue[];
}

export interface MergedCurves {
  /** All steps of all curves, ascending. */
  x: number[];
  /** Per curve a value per step: `null` where it is not finite (a gap), `undefined` where the curve has no point (none). */
  raw: (number | null | undefined)[][];
  smoothed: (number | null | undefined)[][];
}

/** Lays curves with different steps over one another. Each is smoothed by itself first: another curve's steps must not pull at it. */
export function mergeCurves(curves: readonly Curve[], smoothing: number, logScale: boolean): MergedCurves {
  const x = [...new Set(curves.flatMap(({ steps }) => steps))].sort((a, b) => a - b);
  const at = new Map(x.map((step, index) => [step, index]));
  const spread = ({ steps }: Curve, values: readonly (number | null)[]): (number | null | undefined)[] => {
    const line = new Array<number | null | undefined>(x.length).fill(undefined);
    steps.forEach((step, index) => {
      line[at.get(step) ?? 0] = values[index] ?? null;
    });
    return line;
  };
  const lines = curves.map((curve) => ({ curve, values: drawable(curve.values, logScale) }));
  return {
    x,
    raw: lines.map(({ curve, values }) => spread(curve, values)),
    smoothed: lines.map(({ curve, values }) => spread(curve, smooth(values, smoothing))),
  };
}
