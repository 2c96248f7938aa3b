import type { Page } from 'playwright-core';

type Point = readonly [x: number, y: number];

/** A way of a finger: where it is put down, and where it is lifted. */
export interface Way {
  from: Point;
  to: Point;
}

const STEPS = 12;

export interface Fingers {
  /** Puts a finger down at the beginning of each way, takes all of them along together, and lifts them. */
  draw(...ways: Way[]): Promise<void>;
  /** The same, but in the end the system takes the fingers away instead of somebody lifting them. */
  lose(...ways: Way[]): Promise<void>;
}

/** Fingers on a page that was opened with `hasTouch`. */
export async function fingersOn(page: Page): Promise<Fingers> {
  const session = await page.context().newCDPSession(page);
  const along = async (ways: readonly Way[], end: 'touchEnd' | 'touchCancel'): Promise<void> => {
    const placed = (part: number) =>
      ways.map(({ from, to }, id) => ({ id, x: from[0] + (to[0] - from[0]) * part, y: from[1] + (to[1] - from[1]) * part }));
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: placed(0) });
    for (let step = 1; step <= STEPS; step += 1)
      await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: placed(step / STEPS) });
    await session.send('Input.dispatchTouchEvent', { type: end, touchPoints: [] });
  };
  return { draw: (...ways) => along(ways, 'touchEnd'), lose: (...ways) => along(ways, 'touchCancel') };
}
