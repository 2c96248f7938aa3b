/** By which fraction a figure has grown; `null` where there is nothing to compare. From nothing to something is no fraction. */
export function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : (now - before) / before;
}
