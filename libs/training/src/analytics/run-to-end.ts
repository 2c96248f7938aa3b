/** Drives a computation that comes in slices to its end at once: for programs with nothing else to do. */
export function runToEnd<Result>(slices: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
  }
}
