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
  if (currentStep != null && totalSteps != null && totalSteps > 0) return clamp(currentStep / totalSteps);
  if (currentEpoch != null && epochs != null && epochs > 0) return clamp(currentEpoch / epochs);
  return null;
}

/** Seconds that a run will still take if it goes on at its mean speed, `null` before it has got anywhere. */
export function remainingSeconds(progress: number | null, elapsedSeconds: number): number | null {
  if (progress === null || progress <= 0 || elapsedSeconds <= 0) return null;
  return (elapsedSeconds * (1 - progress)) / progress;
}

function clamp(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
