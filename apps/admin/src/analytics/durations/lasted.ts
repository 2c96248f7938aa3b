import type { FigureName, TaskFilter } from '../analytics-search.js';

/** What selects the tasks whose durations the page shows: successes unless it is about other states, of which some have not ended. */
export function lasted({ status, durationMin = 0 }: TaskFilter): TaskFilter {
  return status === undefined ? { status: ['SUCCESS'] } : { durationMin };
}

/** What selects the tasks that a figure is of: time in the queue is of all that started. */
export function measured(figure: FigureName, search: TaskFilter): TaskFilter {
  if (figure !== 'waiting') return lasted(search);
  const { started, startedFrom, startedTo } = search;
  return started === undefined && startedFrom === undefined && startedTo === undefined ? { startedFrom: '1970-01-01' } : {};
}
