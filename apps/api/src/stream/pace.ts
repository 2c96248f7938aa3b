/** A change that people wait for, such as a new task or its end: at once while few listen. */
const WHOLE = { perStream: 1 / 8, most: 250 };
/** Progress is overtaken by the next report anyway. With what it takes to hear of it and to write it, the rarest still arrives within a second. */
const PROGRESS = { perStream: 1 / 4, least: 200, most: 400 };

/**
 * How long after the last telling the next may begin, in milliseconds. Every telling is a write to each open stream, so that
 * thousands of them are told less often: what that takes from the reports being told stays about the same.
 *
 * @param isProgressOnly whether nothing waits but progress
 */
export function pauseBetween(streams: number, isProgressOnly: boolean): number {
  if (!isProgressOnly) return Math.min(WHOLE.most, streams * WHOLE.perStream);
  return Math.min(PROGRESS.most, Math.max(PROGRESS.least, streams * PROGRESS.perStream));
}
