import { parseCurveSearch, type CurveSearch } from '../../ui/curve-search.js';

/** What a task page shows, as it stands in the address: its curves and what is looked for in its log. */
export interface TaskSearch extends CurveSearch {
  /** Text to find in the log. */
  find?: string;
}

const FIND_MAX = 200;

export function parseTaskSearch(raw: Record<string, unknown>): TaskSearch {
  const find = typeof raw['find'] === 'string' ? raw['find'].slice(0, FIND_MAX) : '';
  return { ...parseCurveSearch(raw), ...(find.trim() === '' ? {} : { find }) };
}
