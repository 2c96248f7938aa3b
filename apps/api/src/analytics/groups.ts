import { UNSET_FIELDS, type DimensionValue, type ListSelection } from '@lora-ledger/contracts';
import { binOf, linearBins, logBins, type Bin } from '@lora-ledger/training';
import { isExtra, type Dimension } from './dimensions.js';

/** A group as SQL answers it: its key, and the ends of its values where it is a fine bin. */
export interface RawGroup {
  key: string | number | null;
  min: number | null;
  max: number | null;
  /** How many tasks: the most frequent names are kept. */
  n: number;
}

/** What a raw group belongs to. */
export interface Group {
  /** The same for all that belong together. */
  id: string;
  value: DimensionValue;
  filter: ListSelection;
  /** Place among the groups of its dimension. */
  order: number;
}

export interface Grouping {
  /** `undefined`: left out, because there are too many values. */
  of(raw: Pick<RawGroup, 'key'>): Group | undefined;
  named(id: string): Group | undefined;
  omitted: number;
}

const MOST_VALUES = 20;
const MOST_NAMES = 50;

/**
 * Turns the raw groups of a dimension into those people read: names by how frequent they are, numbers by size, many different numbers in
 * bins with nice edges.
 *
 * @param usernames by user id, for the dimension `user`
 */
export function groupsOf(dimension: Dimension, raw: readonly RawGroup[], usernames: ReadonlyMap<string, string>): Grouping {
  const sums = summed(raw);
  if (dimension.kind === 'fine') return binned(dimension, sums);
  const parsed = sums.map((one) => ({ ...one, value: valueOf(dimension, one.key) }));
  const numbers = parsed.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  const isNumeric = numbers.length > 0 && parsed.every(({ value }) => value === null || typeof value === 'number');
  if (isNumeric && numbers.length > MOST_VALUES) {
    return binned(
      dimension,
      parsed.map((one) => (typeof one.value === 'number' ? { ...one, min: one.value, max: one.value } : one)),
    );
  }
  const ordered = isNumeric
    ? parsed.sort((a, b) => Number(a.value ?? Infinity) - Number(b.value ?? Infinity))
    : parsed.sort((a, b) => b.n - a.n || (String(a.key) < String(b.key) ? -1 : 1));
  const kept = ordered.slice(0, MOST_NAMES);
  const groups = new Map(
    kept.map(({ key, value }, order): [string, Group] => {
      const shown = dimension.name === 'user' ? (usernames.get(String(value)) ?? null) : value;
      return [String(key), { id: String(key), value: shown, filter: selectionOf(dimension.name, shown), order }];
    }),
  );
  return { of: ({ key }) => groups.get(String(key)), named: (id) => groups.get(id), omitted: ordered.length - kept.length };
}

/** With two dimensions a key comes once for every value of the other. */
function summed(raw: readonly RawGroup[]): RawGroup[] {
  const sums = new Map<string, RawGroup>();
  for (const one of raw) {
    const sum = sums.get(String(one.key));
    const least = (a: number | null, b: number | null, pick: (a: number, b: number) => number): number | null =>
      a === null || b === null ? (a ?? b) : pick(a, b);
    sums.set(
      String(one.key),
      sum === undefined
        ? one
        : { ...sum, n: sum.n + one.n, min: least(sum.min, one.min, Math.min), max: least(sum.max, one.max, Math.max) },
    );
  }
  return [...sums.values()];
}

function binned(dimension: Dimension, raw: readonly RawGroup[]): Grouping {
  const { min: low, max: high } = endsOf(raw);
  const bins = low > high ? [] : low > 0 ? logBins(low, high) : linearBins(low, high);
  const members = new Map<Bin, RawGroup[]>();
  for (const one of raw) {
    const bin = one.max === null ? undefined : binOf(bins, one.max);
    if (bin !== undefined) members.set(bin, [...(members.get(bin) ?? []), one]);
  }
  const groups = new Map<string, Group>(
    [...members].flatMap(([bin, held]) => {
      const ends = endsOf(held);
      const group = {
        id: String(bin.to),
        value: { ...bin, ...ends },
        filter: rangeOf(dimension.name, ends.min, ends.max),
        order: bins.indexOf(bin),
      };
      return held.map(({ key }): [string, Group] => [String(key), group]);
    }),
  );
  const unknown: Group = { id: 'null', value: null, filter: selectionOf(dimension.name, null), order: bins.length };
  return {
    // A null in JSON is no value either: the list finds both as not set.
    of: ({ key }) => (key === null || (dimension.kind === 'json' && key === 'null') ? unknown : groups.get(String(key))),
    named: (id) => [...groups.values(), unknown].find((group) => group.id === id),
    omitted: 0,
  };
}

function endsOf(raw: readonly RawGroup[]): { min: number; max: number } {
  return raw.reduce((ends, { min, max }) => ({ min: Math.min(ends.min, min ?? Infinity), max: Math.max(ends.max, max ?? -Infinity) }), {
    min: Infinity,
    max: -Infinity,
  });
}

function valueOf({ kind, name }: Dimension, key: string | number | null): string | number | boolean | null {
  if (key === null) return null;
  if (kind === 'number') return Number(key);
  if (kind !== 'json') return name === 'user' ? String(key) : key;
  const value: unknown = JSON.parse(String(key));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null ? value : String(key);
}

const RANGES = ['loraRank', 'loraAlpha', 'learningRate', 'batchSize', 'epochs'];
const NAMES = ['modelName', 'trainer', 'user', 'gpu', 'host'];

/** The list filter that selects just the tasks with this value; `null` where the list has none. */
export function selectionOf(name: string, value: DimensionValue): ListSelection {
  if (value === null)
    return UNSET_FIELDS.some((field) => field === name) || (isExtra(name) && !name.includes(',')) ? { unset: name } : null;
  if (typeof value === 'object') return rangeOf(name, value.min, value.max);
  if (RANGES.includes(name)) return rangeOf(name, Number(value), Number(value));
  return NAMES.includes(name) || isExtra(name) ? { [name]: String(value) } : null;
}

/** Tasks that lie in both; `null` where the list cannot select one of them. */
export function both(a: ListSelection, b: ListSelection): ListSelection {
  if (a === null || b === null) return null;
  const unset = [a['unset'], b['unset']].flatMap((names) => names ?? []);
  return { ...a, ...b, ...(unset.length === 0 ? {} : { unset: unset.join(',') }) };
}

function rangeOf(name: string, min: number, max: number): ListSelection {
  if (isExtra(name)) return { [name.replace('extra.', 'extraMin.')]: String(min), [name.replace('extra.', 'extraMax.')]: String(max) };
  return RANGES.includes(name) ? { [`${name}Min`]: String(min), [`${name}Max`]: String(max) } : null;
}
