import type { TaskFilter } from '../analytics-search.js';

/** What selects the tasks whose durations the page shows: successes unless it is about other states, of which some have not ended. */
export function lasted({ status, durationMin = 0 }: TaskFilter): TaskFilter {
  return status === undefined ? { status: ['SUCCESS'] } : { durationMin };
}
