let aheadMs = 0;

/** Every answer says by its header `Date`, to the second, what time it is at the server. An answer without one changes nothing. */
export function noteServerTime(date: string | null): void {
  const at = Date.parse(date ?? '');
  if (!Number.isNaN(at)) aheadMs = at - Date.now();
}

/** Milliseconds since 1970 by the clock that the times of tasks are told by, whatever this machine believes. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}
