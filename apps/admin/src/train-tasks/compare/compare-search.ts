import { parseCurveSearch, type CurveSearch } from '../../ui/curve-search.js';

/** What the compare page shows, as it stands in the address. */
export interface CompareSearch extends CurveSearch {
  /** Tasks side by side, in this order; the first is the baseline unless `base` names another. */
  ids: string[];
  base?: string;
  /** Also the parameters in which the tasks agree. */
  all?: boolean;
}

export const COMPARE_MIN = 2;
export const COMPARE_MAX = 20;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads an address that anybody may have edited: what is no task id is left out, repeated ones count once. */
export function parseCompareSearch(raw: Record<string, unknown>): CompareSearch {
  const given = [raw['ids']].flat().flatMap((value) => (typeof value === 'string' ? value.split(',') : []));
  const ids = [...new Set(given.filter((id) => UUID.test(id)).map((id) => id.toLowerCase()))].slice(0, COMPARE_MAX);
  const base = typeof raw['base'] === 'string' && ids.includes(raw['base'].toLowerCase()) ? raw['base'].toLowerCase() : undefined;
  return {
    ids,
    ...(base === undefined ? {} : { base }),
    ...(raw['all'] === 'true' || raw['all'] === true ? { all: true } : {}),
    ...parseCurveSearch(raw),
  };
}
