/** Rows drawn beyond both edges of the view while it rests: what the first turn of a wheel brings before the next frame. */
const MARGIN = 8;
/**
 * While the view moves most of them are drawn where it goes. Browsers move it without waiting for the page, so a page that is late shows
 * nothing where no rows are yet; behind, a few are kept for whoever turns around.
 */
const BEHIND = 2;

/**
 * The rows to draw for those in view.
 *
 * @param first,last rows in view, from 0; `last` below `first`: none
 * @param heading where the view moves; `null` while it rests
 */
export function rowsToDraw(
  { first, last }: { first: number; last: number },
  count: number,
  heading: 'forward' | 'backward' | null,
): { first: number; last: number } {
  if (last < first) return { first, last };
  const ahead = 2 * MARGIN - BEHIND;
  const [before, after] = heading === null ? [MARGIN, MARGIN] : heading === 'forward' ? [BEHIND, ahead] : [ahead, BEHIND];
  return { first: Math.max(0, first - before), last: Math.min(count - 1, last + after) };
}
