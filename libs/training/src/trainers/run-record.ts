import type { RunPosition } from '../progress.js';

/** One value of one metric at one optimizer step. `value` may be NaN or infinite. */
export interface ReadPoint {
  key: string;
  step: number;
  /** Passes over the data made so far, a fraction inside an epoch. */
  epoch?: number;
  value: number;
}

/** Steps of one run whose values are kept. Longer runs are thinned evenly: no screen shows more, no search needs more. */
export const KEPT_STEPS = 20_000;

interface HeldStep {
  step: number;
  epoch: number | undefined;
  values: Map<string, number>;
}

/**
 * Collects what a reader understands. A bar is redrawn several times within a step, with the newest values last: a step is
 * therefore held until the next one begins, so that each (key, step) comes out once, with its last value.
 * Thinning depends on step numbers alone, never on the clock: reading the same output again gives the same points.
 */
export class RunRecord {
  position: RunPosition = {};
  private ready: ReadPoint[] = [];
  private held: HeldStep | undefined;
  private kept = -1;
  private keptWasFinite = true;

  /** Steps that lie behind the newest one are late redraws and change nothing. */
  add(step: number, values: Readonly<Record<string, number>>, epoch: number | undefined = this.epochAt(step)): void {
    if (this.held !== undefined && step < this.held.step) return;
    if (this.held?.step !== step) {
      this.release(false);
      this.held = { step, epoch, values: new Map() };
    }
    for (const [key, value] of Object.entries(values)) this.held?.values.set(key, value);
  }

  /** The points that are settled since the last call. */
  take(): ReadPoint[] {
    const points = this.ready;
    this.ready = [];
    return points;
  }

  /** Lets the last step go, thinned or not: how a run ended is always kept. */
  end(): void {
    this.release(true);
  }

  private release(isLast: boolean): void {
    const held = this.held;
    this.held = undefined;
    if (held === undefined || held.values.size === 0) return;
    const isFinite = [...held.values.values()].every(Number.isFinite);
    const stride = Math.max(1, Math.ceil((this.position.totalSteps ?? 0) / KEPT_STEPS));
    const isDue = this.kept < 0 || Math.floor(held.step / stride) > Math.floor(this.kept / stride);
    if (!isLast && !isDue && isFinite === this.keptWasFinite) return;
    this.kept = held.step;
    this.keptWasFinite = isFinite;
    const { step, epoch } = held;
    for (const [key, value] of held.values) this.ready.push({ key, step, value, ...(epoch === undefined ? {} : { epoch }) });
  }

  private epochAt(step: number): number | undefined {
    const { totalSteps, epochs } = this.position;
    return totalSteps != null && totalSteps > 0 && epochs != null ? (step / totalSteps) * epochs : undefined;
  }
}
