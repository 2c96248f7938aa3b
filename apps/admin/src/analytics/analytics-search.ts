import type { ListSelection } from '@lora-ledger/contracts';
import { COST_DIMENSIONS, DIMENSIONS, OBJECTIVES, type CostDimension, type Objective } from '@lora-ledger/contracts/analytics-names';
import type { TaskStatus } from '@lora-ledger/training';
import type { QueryValue } from '../api/http.js';
import { parseListSearch, toApiQuery, type ListSearch } from '../task-filter/list-search.js';

export const SECTIONS = ['overview', 'success', 'convergence', 'durations', 'failures', 'cost', 'importance', 'recommendations'] as const;
export type SectionName = (typeof SECTIONS)[number];

export const FIGURES = ['duration', 'waiting', 'throughput'] as const;
export type FigureName = (typeof FIGURES)[number];

/** The filters of the list, which all questions share. */
export type TaskFilter = Omit<ListSearch, 'sort'>;

/** The whole state of an analytics page, as it stands in the address: the filters, and what is asked about the tasks. */
export interface AnalyticsSearch extends TaskFilter {
  /** Parameter to group by, and a second one for a heat map. */
  by?: string;
  and?: string;
  metric?: string;
  /** Value of the metric to come down to. */
  target?: number;
  figure?: FigureName;
  per?: CostDimension;
  objective?: Objective;
  /** Id of the task that recommendations are compared with. */
  present?: string;
}

const OWN = [
  'by',
  'and',
  'metric',
  'target',
  'figure',
  'per',
  'objective',
  'present',
] as const satisfies readonly (keyof AnalyticsSearch)[];

/** Whether tasks can be grouped by `name`. */
export function isDimension(name: string): boolean {
  return DIMENSIONS.some((known) => known === name) || /^extra\..{1,200}$/su.test(name);
}

/** Reads an address that anybody may have edited: what makes no sense is left out, the rest still works. */
export function parseAnalyticsSearch(raw: Record<string, unknown>): AnalyticsSearch {
  const { sort: _order, ...search }: ListSearch & AnalyticsSearch = parseListSearch(raw);
  const text = (key: keyof AnalyticsSearch): string =>
    typeof raw[key] === 'string' ? raw[key].trim() : typeof raw[key] === 'number' ? String(raw[key]) : '';
  if (isDimension(text('by'))) search.by = text('by');
  if (isDimension(text('and')) && text('and') !== text('by')) search.and = text('and');
  if (text('metric') !== '') search.metric = text('metric').slice(0, 200);
  if (text('target') !== '' && Number.isFinite(Number(text('target')))) search.target = Number(text('target'));
  const figure = FIGURES.find((known) => known === raw['figure']);
  if (figure !== undefined) search.figure = figure;
  const per = COST_DIMENSIONS.find((known) => known === raw['per']);
  if (per !== undefined) search.per = per;
  const objective = OBJECTIVES.find((known) => known === raw['objective']);
  if (objective !== undefined) search.objective = objective;
  if (/^[0-9a-f-]{36}$/i.test(text('present'))) search.present = text('present');
  return search;
}

/** What stays when another question is asked about the same tasks. */
export function filterOf(search: AnalyticsSearch): TaskFilter {
  return Object.fromEntries(Object.entries(search).filter(([key]) => !OWN.some((own) => own === key)));
}

const MINUTE = 60_000;

/** The query string of an analytics endpoint. Moving ranges begin on a whole minute, so that the server can give an answer again. */
export function toAnalyticsQuery(search: AnalyticsSearch, now: number): Record<string, QueryValue> {
  return toApiQuery(filterOf(search), Math.floor(now / MINUTE) * MINUTE);
}

/** States in which a run counts for a success rate. */
export const OUTCOMES: TaskStatus[] = ['SUCCESS', 'FAILED'];

/**
 * The list that holds just the tasks behind a mark: the filters of the page, narrowed by those of the mark.
 *
 * @returns `null` when the page and the mark ask for different states: no task has both
 */
export function listBehind(search: AnalyticsSearch, selection: NonNullable<ListSelection>, more: TaskFilter = {}): ListSearch | null {
  const { extra, extraMin, extraMax, unset, ...narrowed } = parseListSearch({ ...selection });
  const { created, started, ...filter } = filterOf(search);
  const isDated = 'createdFrom' in narrowed || 'createdTo' in narrowed;
  const isStartDated = 'startedFrom' in narrowed || 'startedTo' in narrowed;
  const asked = [filter.status, narrowed.status, more.status].flatMap((states) => (states === undefined ? [] : [states]));
  const status = asked[0]?.filter((state) => asked.every((states) => states.includes(state)));
  if (status?.length === 0) return null;
  const joined = {
    extra: { ...filter.extra, ...extra },
    extraMin: { ...filter.extraMin, ...extraMin },
    extraMax: { ...filter.extraMax, ...extraMax },
    unset: [...new Set([...(filter.unset ?? []), ...(unset ?? [])])],
  };
  const filled = Object.fromEntries(Object.entries(joined).filter(([, held]) => Object.keys(held).length > 0));
  return {
    ...filter,
    ...(created === undefined || isDated ? {} : { created }),
    ...(started === undefined || isStartDated ? {} : { started }),
    ...narrowed,
    ...more,
    ...(status === undefined ? {} : { status }),
    ...filled,
  };
}
