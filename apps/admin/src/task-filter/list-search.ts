import type { Role, TaskScope, TrainTaskFilter } from '@lora-ledger/contracts';
import { FAILURE_REASONS, TASK_STATUSES } from '@lora-ledger/training';
import type { QueryValue } from '../api/http.js';
import { isPeriodName, startOfPeriod, type Period, type PeriodName } from '../ui/period.js';

/** The whole state of a list, as it stands in the address: the API's own filters, the order, further columns and how all of them are laid out, and moving time ranges. */
export type ListSearch = Omit<TrainTaskFilter, 'deleted'> & {
  sort?: string;
  column?: string[];
  layout?: string;
  created?: PeriodName;
  started?: PeriodName;
};

/** Fields a list can be sorted by at once, and columns it can be given beyond those that every task has: the API's own limits. */
export const SORT_MAX = 3;
export const COLUMNS_MAX = 12;
/** Tasks a list can be narrowed to by name: the API's own limit. */
const IDS_MAX = 100;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const UNSET = /^(epochs|gpu|host|extra\.[^,]{1,200})$/su;
const COLUMN = /^(metric\..{1,200}\.(last|min|max)|extra\..{1,200})$/;
/** As `ui/data-table` writes it; room for every column there can be. */
const LAYOUT = /^[^,:]+(:[hps]*\d{0,4})?(,[^,:]+(:[hps]*\d{0,4})?)*$/;
const LAYOUT_MAX = 4_000;
const SORT_FIELD = /^-?([A-Za-z]+|metric\.[^,]{1,200}\.(last|min|max)|extra\.[^,]{1,200})$/;

export const TASK_SCOPES = ['mine', 'shared', 'all'] as const satisfies readonly TaskScope[];

/** Whose tasks a list shows when its address does not say: the API's own rule. */
export function defaultScope(role: Role): TaskScope {
  return role === 'admin' ? 'all' : 'mine';
}

/** Numbers with a lowest and a highest value to filter by. */
export const RANGE_FIELDS = ['loraRank', 'loraAlpha', 'learningRate', 'batchSize', 'epochs', 'finalLoss', 'duration'] as const;
export type RangeField = (typeof RANGE_FIELDS)[number];
const NUMBERS = RANGE_FIELDS.flatMap((field) => [`${field}Min`, `${field}Max`] as const) satisfies readonly (keyof ListSearch)[];
const TIMES = ['createdFrom', 'createdTo', 'startedFrom', 'startedTo'] as const satisfies readonly (keyof ListSearch)[];
const TEXT_LISTS = ['user', 'modelName', 'trainer', 'tag', 'host', 'gpu'] as const satisfies readonly (keyof ListSearch)[];

/** Reads an address that anybody may have edited: what makes no sense is left out, the rest still works. */
export function parseListSearch(raw: Record<string, unknown>): ListSearch {
  const search: ListSearch = {};
  const q = text(raw['q']);
  if (q !== undefined) search.q = q;
  for (const key of TEXT_LISTS) {
    const values = texts(raw[key]);
    if (values.length > 0) search[key] = values;
  }
  const status = texts(raw['status']).flatMap((value) => TASK_STATUSES.find((known) => known === value) ?? []);
  if (status.length > 0) search.status = status;
  const failureReason = texts(raw['failureReason']).flatMap((value) => FAILURE_REASONS.find((known) => known === value) ?? []);
  if (failureReason.length > 0) search.failureReason = failureReason;
  for (const key of NUMBERS) {
    const value = number(raw[key]);
    if (value !== undefined) search[key] = value;
  }
  for (const key of TIMES) {
    const value = text(raw[key]);
    if (value !== undefined && !Number.isNaN(Date.parse(value))) search[key] = value;
  }
  for (const key of ['created', 'started'] as const) {
    const preset = text(raw[key]);
    if (preset !== undefined && isPeriodName(preset)) search[key] = preset;
  }
  const fingerprint = text(raw['fingerprint']);
  if (fingerprint !== undefined && /^[0-9a-f]{64}$/.test(fingerprint)) search.fingerprint = fingerprint;
  const family = text(raw['family']);
  if (family !== undefined && /^[0-9a-f-]{36}$/i.test(family)) search.family = family;
  const ids = [
    ...new Set(
      texts(raw['ids'])
        .flatMap((some) => some.split(','))
        .filter((id) => ID.test(id)),
    ),
  ].slice(0, IDS_MAX);
  if (ids.length > 0) search.ids = ids;
  const scope = TASK_SCOPES.find((known) => known === raw['scope']);
  if (scope !== undefined) search.scope = scope;
  const sort = text(raw['sort']);
  if (sort !== undefined && isOrder(sort.split(','))) search.sort = sort;
  const column = [...new Set(texts(raw['column']).filter((name) => COLUMN.test(name)))].slice(0, COLUMNS_MAX);
  if (column.length > 0) search.column = column;
  const layout = text(raw['layout']);
  if (layout !== undefined && layout.length <= LAYOUT_MAX && LAYOUT.test(layout)) search.layout = layout;
  const extra = mapOf(raw, 'extra', text);
  if (extra !== undefined) search.extra = extra;
  for (const key of ['extraMin', 'extraMax'] as const) {
    const ends = mapOf(raw, key, number);
    if (ends !== undefined) search[key] = ends;
  }
  const unset = [
    ...new Set(
      texts(raw['unset'])
        .flatMap((names) => names.split(','))
        .filter((name) => UNSET.test(name)),
    ),
  ].slice(0, 10);
  if (unset.length > 0) search.unset = unset;
  return search;
}

function isOrder(fields: readonly string[]): boolean {
  return fields.length <= SORT_MAX && fields.every((field) => SORT_FIELD.test(field));
}

/** Entries that are written with a dot: `extra.<key>`; `undefined` without any that make sense. */
function mapOf<Value>(
  raw: Record<string, unknown>,
  name: 'extra' | 'extraMin' | 'extraMax',
  read: (value: unknown) => Value | undefined,
): Record<string, Value> | undefined {
  const held = raw[name];
  const nested = typeof held === 'object' && held !== null ? Object.entries(held) : [];
  const flat = Object.entries(raw).flatMap(([key, value]): [string, unknown][] =>
    key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), value]] : [],
  );
  const entries = [...nested, ...flat].flatMap(([key, value]): [string, Value][] => {
    const one = read(value);
    return key === '' || one === undefined ? [] : [[key, one]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The query string of `GET /train-tasks` for this state. `now` in milliseconds gives moving ranges their edge. */
export function toApiQuery(
  { created, started, extra, extraMin, extraMax, layout: _look, ...search }: ListSearch,
  now: number,
): Record<string, QueryValue> {
  const query: Record<string, QueryValue> = { ...search, ...movingEdges({ created, started }, now) };
  for (const [map, entries] of Object.entries<Record<string, string | number> | undefined>({ extra, extraMin, extraMax })) {
    for (const [key, value] of Object.entries(entries ?? {})) query[`${map}.${key}`] = value;
  }
  return query;
}

/** The same question as the body of a bulk request has it. */
export function toFilter(
  { created, started, sort: _order, column: _columns, layout: _look, ...search }: ListSearch,
  trash: boolean,
  now: number,
): TrainTaskFilter {
  return { ...search, ...movingEdges({ created, started }, now), ...(trash ? { deleted: 'only' } : {}) };
}

function movingEdges(
  { created, started }: Pick<ListSearch, 'created' | 'started'>,
  now: number,
): Pick<TrainTaskFilter, 'createdFrom' | 'startedFrom'> {
  return {
    ...(created === undefined ? {} : { createdFrom: startOfPeriod(created, now) }),
    ...(started === undefined ? {} : { startedFrom: startOfPeriod(started, now) }),
  };
}

export function createdPeriod({ created, createdFrom, createdTo }: ListSearch): Period {
  return { last: created, from: createdFrom, to: createdTo };
}

export function startedPeriod({ started, startedFrom, startedTo }: ListSearch): Period {
  return { last: started, from: startedFrom, to: startedTo };
}

/** A map of filters with an entry set, or without it for `undefined`; `undefined` when nothing is left. */
export function withEntry<Value>(
  map: Readonly<Record<string, Value>> | undefined,
  key: string,
  value: NoInfer<Value> | undefined,
): Record<string, Value> | undefined {
  const rest = Object.entries(map ?? {}).filter(([name]) => name !== key);
  const entries = value === undefined ? rest : [...rest, [key, value] as const];
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Whether anything narrows the list; its order, its columns and whose tasks it shows do not. */
export function isFiltered({ sort: _order, scope: _whose, column: _columns, layout: _look, ...filters }: ListSearch): boolean {
  return Object.keys(filters).length > 0;
}

function texts(value: unknown): string[] {
  return [value].flat().flatMap((one) => text(one) ?? []);
}
function text(value: unknown): string | undefined {
  const one: unknown = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof one === 'string' && one.trim() !== '' ? one : undefined;
}
function number(value: unknown): number | undefined {
  const one = text(value);
  return one !== undefined && Number.isFinite(Number(one)) ? Number(one) : undefined;
}
