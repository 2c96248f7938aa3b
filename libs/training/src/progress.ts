/** Where a run stands and where it is going; what is unknown is absent. Steps are optimizer steps, epochs may be fractions. */
export interface RunPosition {
  currentStep?: number | null;
  totalSteps?: number | null;
  currentEpoch?: number | null;
  epochs?: number | null;
}

/**
 * The part of a run that is done, 0..1; `null` when nothing allows to tell. Steps are finer than epochs, so they win.
 */
export function progressOf({ currentStep, totalSteps, currentEpoch, epochs }: RunPosition): number | null {
  return fraction(currentStep, totalSteps) ?? fraction(currentEpoch, epochs);
}

/** Seconds that a run will still take if it goes on at its mean speed, `null` before it has got anywhere. */
export function remainingSeconds(progress: number | null, elapsedSeconds: number): number | null {
  if (progress === null || !(progress > 0) || !(elapsedSeconds > 0)) return null;
  return (elapsedSeconds * (1 - progress)) / progress;
}

/** `null` when one of the two is unknown or no number, or nothing is to be done. */
function fraction(done: number | null | undefined, all: number | null | undefined): number | null {
  if (done == null || all == null || !(all > 0)) return null;
  const part = done / all;
  return Number.isNaN(part) ? null : Math.min(1, Math.max(0, part));
}
