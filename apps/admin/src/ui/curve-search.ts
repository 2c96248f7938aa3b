import { CURVE_AXES, type CurveAxis, type CurveRange } from './curve-axis.js';

/** How curves are shown, as it stands in the address: what is not named is as usual. */
export interface CurveSearch {
  metrics?: string[];
  axis?: CurveAxis;
  log?: boolean;
  /** 0 to 0.99. */
  smoothing?: number;
  /** The part to see closer: steps on the page of a task, places of the axis in a comparison. */
  from?: number;
  to?: number;
}

export const USUAL_SMOOTHING = 0.6;
const METRICS_MAX = 20;

/** Reads an address that anybody may have edited: what makes no sense is left out. */
export function parseCurveSearch(raw: Record<string, unknown>): CurveSearch {
  const metrics = [raw['metrics']]
    .flat()
    .flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : []))
    .slice(0, METRICS_MAX);
  const axis = CURVE_AXES.find((known) => known === raw['axis']);
  const [smoothing, from, to] = [number(raw['smoothing']), number(raw['from']), number(raw['to'])];
  return {
    ...(metrics.length > 0 ? { metrics: [...new Set(metrics)] } : {}),
    ...(axis === undefined || axis === 'step' ? {} : { axis }),
    ...(raw['log'] === true || raw['log'] === 'true' ? { log: true } : {}),
    ...(smoothing !== null && smoothing >= 0 && smoothing < 1 ? { smoothing } : {}),
    ...(from !== null && to !== null && from >= 0 && from < to ? { from, to } : {}),
  };
}

export function zoomOf({ from, to }: CurveSearch): CurveRange | null {
  return from === undefined || to === undefined ? null : { from, to };
}

function number(value: unknown): number | null {
  const one = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof one === 'number' && Number.isFinite(one) ? one : null;
}
