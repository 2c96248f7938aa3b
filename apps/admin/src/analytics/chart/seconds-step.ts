const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800];
const MOST_MARKS = 8;

/** Distance between the marks of an axis of seconds that reaches to `most`: as people divide time, at most eight of them. */
export function secondsStep(most: number): number {
  return STEPS.find((step) => most / step <= MOST_MARKS) ?? Math.ceil(most / MOST_MARKS / 604_800) * 604_800;
}
