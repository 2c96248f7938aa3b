import { setImmediate } from 'node:timers/promises';

/** How long a computation may hold the event loop before others get their turn. */
const TURN_MS = 12;

/** Drives a computation that comes in slices to its end, letting requests and reports through in between. */
export async function inSlices<Result>(slices: Generator<undefined, Result>): Promise<Result> {
  let turn = performance.now();
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
    if (performance.now() - turn < TURN_MS) continue;
    await setImmediate();
    turn = performance.now();
  }
}
