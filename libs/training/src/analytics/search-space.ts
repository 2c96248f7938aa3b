import { CONFIG_FIELDS } from '../lora-config.js';
import { randomIndex, type RandomSource } from './random.js';

export type ParamValue = string | number | boolean;
/** Values by parameter: canonical fields under their names, others as `extra.<key>`. */
export type Params = Readonly<Record<string, ParamValue>>;

/** What can be chosen for one parameter. */
export interface Dimension {
  name: string;
  /** `log` and `linear` have an order and distances; in `choice` all values are equally far apart. */
  scale: 'log' | 'linear' | 'choice';
  /** All that may be suggested; ascending where there is an order. */
  values: readonly ParamValue[];
  /** Those of a choice that may be suggested where others were tried that can be chosen no more; all when absent. */
  offered?: readonly ParamValue[];
}

interface Ladder {
  /** Steps within a decade, or doublings. */
  steps: readonly number[] | 'doublings';
  /** How far beyond what was tried a suggestion may go, as a factor. */
  reach: number;
}

/**
 * Parameters that are searched, in numbers as people write them. Learning rate, rank and alpha may be carried a step beyond what was
 * tried; batch size and epochs decide memory and time, so they stay within.
 */
const LADDERS = {
  learningRate: { steps: [1, 1.5, 2, 3, 5, 7], reach: 3 },
  loraRank: { steps: 'doublings', reach: 2 },
  loraAlpha: { steps: 'doublings', reach: 2 },
  batchSize: { steps: 'doublings', reach: 1 },
  epochs: { steps: [1, 1.5, 2, 3, 4, 5, 6, 8], reach: 1 },
} as const satisfies Record<string, Ladder>;

/** Fields that {@link buildSpace} searches beside `extra.*`. */
export const SEARCHED_FIELDS = Object.keys(LADDERS) as (keyof typeof LADDERS)[];

const MOST_CHOICES = 12;
/** Beyond this many different values, those tried are no list to choose from. */
const MOST_SEEN = 24;
const LINEAR_STEPS = 9;

/**
 * The space around what was tried: every parameter that stands in all of `tried`, within the bounds of {@link CONFIG_FIELDS}.
 * An extra parameter with one value only is left as it is: nothing is known about its alternatives.
 */
export function buildSpace(tried: readonly Params[]): Dimension[] {
  const names = Object.keys(tried[0] ?? {}).filter((name) => tried.every((params) => params[name] !== undefined));
  return names.flatMap((name) => dimension(name, [...new Set(tried.flatMap((params) => params[name] ?? []))]) ?? []);
}

function dimension(name: string, seen: ParamValue[]): Dimension | null {
  const numbers = seen.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  if (name in LADDERS) return numbers.length === 0 ? null : climb(name as keyof typeof LADDERS, numbers);
  if (seen.length < 2) return null;
  if (numbers.length < seen.length) return seen.length <= MOST_CHOICES ? { name, scale: 'choice', values: [...seen].sort(byText) } : null;
  return {
    name,
    scale: 'linear',
    values: numbers.length <= MOST_CHOICES ? numbers.sort((a, b) => a - b) : evenly(Math.min(...numbers), Math.max(...numbers)),
  };
}

function climb(name: keyof typeof LADDERS, seen: readonly number[]): Dimension {
  const { steps, reach }: Ladder = LADDERS[name];
  const bounds = CONFIG_FIELDS[name];
  const [low, high] = [Math.max(Math.min(...seen) / reach, bounds.min), Math.min(Math.max(...seen) * reach, bounds.max)];
  const rungs = steps === 'doublings' ? doublings(low, high) : decades(steps, low, high);
  const allowed = rungs.filter((value) => value > 0 && (bounds.kind === 'number' || Number.isInteger(value)));
  return {
    name,
    scale: 'log',
    values: [...new Set([...allowed, ...(seen.length <= MOST_SEEN || allowed.length === 0 ? seen : [])])].sort((a, b) => a - b),
  };
}

function doublings(low: number, high: number): number[] {
  const first = Math.ceil(Math.log2(low) - 1e-9);
  return Array.from({ length: Math.max(0, Math.floor(Math.log2(high) + 1e-9) - first + 1) }, (_one, index) => 2 ** (first + index));
}

function decades(steps: readonly number[], low: number, high: number): number[] {
  const rungs: number[] = [];
  for (let decade = Math.floor(Math.log10(low)); decade <= Math.ceil(Math.log10(high)); decade += 1)
    rungs.push(...steps.map((step) => Number(`${step}e${decade}`)));
  return rungs.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
}

function evenly(min: number, max: number): number[] {
  return [
    ...new Set(
      Array.from({ length: LINEAR_STEPS }, (_one, index) => Number((min + ((max - min) * index) / (LINEAR_STEPS - 1)).toPrecision(3))),
    ),
  ];
}

function byText(a: ParamValue, b: ParamValue): number {
  return String(a) < String(b) ? -1 : 1;
}

/** Coordinates of a point: 0..1 along ordered parameters, the index of the value for choices. */
export function coordinates(space: readonly Dimension[], params: Params): Float64Array {
  return Float64Array.from(space, ({ name, scale, values }) => {
    const value = params[name];
    if (scale === 'choice') return values.indexOf(value ?? '');
    const place = (one: ParamValue | undefined): number => (scale === 'log' ? Math.log(Number(one)) : Number(one));
    const [low, high] = [place(values[0]), place(values.at(-1))];
    return high > low ? (place(value) - low) / (high - low) : 0;
  });
}

/** Names a point of the space: two points with the same key are the same experiment. */
export function pointKey(space: readonly Dimension[], params: Params): string {
  return JSON.stringify(space.map(({ name }) => params[name]));
}

export function randomPoint(space: readonly Dimension[], random: RandomSource): Params {
  return Object.fromEntries(space.map((dimension) => [dimension.name, anyOf(dimension, random)]));
}

/** A point that differs from `params` in one or two parameters: by a step or two along ordered ones, by any value of a choice. What is not offered gives way too. */
export function neighbour(space: readonly Dimension[], params: Params, random: RandomSource): Params {
  const changed = Array.from({ length: 1 + randomIndex(random, 2) }, () => space[randomIndex(random, space.length)]).filter(
    (one) => one !== undefined,
  );
  return {
    ...Object.fromEntries(space.map((dimension) => [dimension.name, offeredOr(dimension, params[dimension.name] ?? '', random)])),
    ...Object.fromEntries(changed.map((dimension) => [dimension.name, stepFrom(dimension, params[dimension.name], random)])),
  };
}

function anyOf({ values, offered = values }: Dimension, random: RandomSource): ParamValue {
  return offered[randomIndex(random, offered.length)] ?? '';
}

function offeredOr(dimension: Dimension, value: ParamValue, random: RandomSource): ParamValue {
  return dimension.offered === undefined || dimension.offered.includes(value) ? value : anyOf(dimension, random);
}

function stepFrom(dimension: Dimension, value: ParamValue | undefined, random: RandomSource): ParamValue {
  const any = anyOf(dimension, random);
  const { scale, values } = dimension;
  if (scale === 'choice') return any;
  const step = (1 + randomIndex(random, 2)) * (random() < 0.5 ? -1 : 1);
  return values[Math.min(values.length - 1, Math.max(0, nearest(values, Number(value)) + step))] ?? any;
}

function nearest(values: readonly ParamValue[], value: number): number {
  return values.reduce<number>(
    (best, one, index) => (Math.abs(Number(one) - value) < Math.abs(Number(values[best]) - value) ? index : best),
    0,
  );
}

/** Parameters in which two points differ. */
export function differences(space: readonly Dimension[], from: Params, to: Params): string[] {
  return space.filter(({ name }) => from[name] !== to[name]).map(({ name }) => name);
}
