import { logBins } from './log-bins.js';
import type { ParamValue } from './search-space.js';

/** What runs of a group have in common in one parameter: a value, a range with both ends, or none set. */
export type LevelValue = ParamValue | { min: number; max: number } | null;

/** One parameter, cut so coarsely that each level can hold enough runs. */
export interface Levels {
  name: string;
  /** What each level stands for; `undefined`: rare values thrown together, which are no group. */
  values: readonly (LevelValue | undefined)[];
  /** Level of each run. */
  of: Uint16Array;
}

interface Atom {
  min: number;
  max: number;
  count: number;
}

/** Beyond this many different numbers they are binned before they are merged. */
const MOST_ATOMS = 24;
/** How coarsely an ordered parameter may be cut, at most so many levels. */
const COARSENESS = [8, 4, 3, 2] as const;
const MOST_CHOICES = 8;

/**
 * The ways to cut a parameter into levels of at least `minimum` runs: numbers from fine to coarse, neighbours together; names by value.
 * A parameter that comes to a single level has no way.
 */
export function waysToCut(name: string, values: readonly (ParamValue | undefined)[], minimum: number): Levels[] {
  const isOrdered = values.every((value) => value === undefined || (typeof value === 'number' && Number.isFinite(value)));
  if (!isOrdered) return named(name, values, minimum);
  const numbers = values.filter((value): value is number => typeof value === 'number');
  const atoms = atomsOf(numbers);
  const unset = values.length - numbers.length;
  const cuts = COARSENESS.map((most) => merged(atoms, most, minimum));
  return cuts
    .filter((cut, index) => cut.length !== cuts[index - 1]?.length && cut.length + Number(unset > 0) > 1)
    .map((cut) => ordered(name, values, cut, unset >= minimum));
}

function ordered(name: string, values: readonly (ParamValue | undefined)[], cut: readonly Atom[], isUnsetAGroup: boolean): Levels {
  return {
    name,
    values: [...cut.map(({ min, max }) => (min === max ? min : { min, max })), isUnsetAGroup ? null : undefined],
    of: Uint16Array.from(values, (value) => (value === undefined ? cut.length : cut.findIndex(({ max }) => Number(value) <= max))),
  };
}

function named(name: string, values: readonly (ParamValue | undefined)[], minimum: number): Levels[] {
  const counts = new Map<ParamValue | undefined, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const kept = [...counts]
    .filter(([, count]) => count >= minimum)
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_CHOICES)
    .map(([value]) => value);
  if (kept.length === 0 || counts.size < 2) return [];
  const place = (value: ParamValue | undefined): number => (kept.includes(value) ? kept.indexOf(value) : kept.length);
  return [{ name, values: [...kept.map((value) => value ?? null), undefined], of: Uint16Array.from(values, place) }];
}

function atomsOf(numbers: readonly number[]): Atom[] {
  const counts = new Map<number, number>();
  for (const value of numbers) counts.set(value, (counts.get(value) ?? 0) + 1);
  const single = [...counts].sort(([a], [b]) => a - b).map(([value, count]): Atom => ({ min: value, max: value, count }));
  const [least, most] = [single[0]?.min ?? 0, single.at(-1)?.max ?? 0];
  if (single.length <= MOST_ATOMS) return single;
  const edges =
    least > 0
      ? logBins(least, most).map(({ to }) => to)
      : Array.from({ length: MOST_ATOMS }, (_one, index) => least + ((most - least) * (index + 1)) / MOST_ATOMS);
  return edges.flatMap((to, index) => {
    const held = single.filter(({ min }) => min <= to && min > (edges[index - 1] ?? -Infinity));
    return held.length === 0 ? [] : [held.reduce(joined)];
  });
}

/** Joins the smallest to its smaller neighbour until there are few enough and each holds enough. */
function merged(atoms: readonly Atom[], most: number, minimum: number): Atom[] {
  const levels = [...atoms];
  while (levels.length > 1) {
    const smallest = levels.reduce((best, { count }, index) => (count < (levels[best]?.count ?? 0) ? index : best), 0);
    if (levels.length <= most && (levels[smallest]?.count ?? 0) >= minimum) break;
    const [before, after] = [levels[smallest - 1]?.count ?? Infinity, levels[smallest + 1]?.count ?? Infinity];
    const first = before <= after ? smallest - 1 : smallest;
    const pair = levels.slice(first, first + 2);
    levels.splice(first, 2, pair.reduce(joined));
  }
  return levels;
}

function joined(a: Atom, b: Atom): Atom {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max), count: a.count + b.count };
}
