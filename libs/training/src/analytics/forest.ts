import { randomIndex, type RandomSource } from './random.js';

/** One parameter of all rows. Ordered ones are split below and above a level, choices into one level and the rest. */
export interface Feature {
  name: string;
  ordered: boolean;
  /** Level of each row, 0 … `levels` − 1. */
  codes: Uint8Array;
  levels: number;
}

/** A regression tree as columns; node 0 is the root. `feature` −1: a leaf. */
export interface RegressionTree {
  feature: Int16Array;
  level: Uint8Array;
  /** Child for rows that pass (level ≤, or level =); the other child is the next one. */
  child: Int32Array;
  value: Float64Array;
}

const MAX_DEPTH = 8;
const MIN_LEAF = 5;
const MOST_LEVELS = 32;

/**
 * Levels of a numeric parameter: its own values while there are few, else 32 groups of about equal size. Trees only look at the order.
 */
export function orderedFeature(name: string, values: readonly number[]): Feature {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const all = [...values].sort((a, b) => a - b);
  const tops =
    sorted.length <= MOST_LEVELS
      ? sorted
      : [
          ...new Set(
            Array.from({ length: MOST_LEVELS }, (_one, index) => all[Math.floor(((index + 1) * all.length) / MOST_LEVELS) - 1] ?? Infinity),
          ),
        ];
  const codes = Uint8Array.from(values, (value) => tops.findIndex((top) => value <= top));
  return { name, ordered: true, codes, levels: tops.length };
}

/** Levels of a parameter without an order: its most frequent values, the rest together. */
export function choiceFeature(name: string, values: readonly string[]): Feature {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const kept = [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_LEVELS - 1)
    .map(([value]) => value);
  const codes = Uint8Array.from(values, (value) => (kept.includes(value) ? kept.indexOf(value) : kept.length));
  return { name, ordered: false, codes, levels: Math.min(counts.size, MOST_LEVELS) };
}

/**
 * Grows one tree of a random forest (L. Breiman, "Random forests", Machine Learning 45 (2001) 5–32): at each node a third of the
 * features is looked at, and the split that reduces the squared error most is taken; depth ≤ 8, at least 5 rows in a leaf.
 *
 * @param rows which rows to learn from, repeats allowed
 */
export function growTree(features: readonly Feature[], target: Float64Array, rows: Int32Array, random: RandomSource): RegressionTree {
  const nodes: { feature: number; level: number; child: number; value: number }[] = [{ feature: -1, level: 0, child: -1, value: 0 }];
  const work = [{ node: 0, from: 0, to: rows.length, depth: 0 }];
  const order = Int32Array.from(rows);
  const scratch = { counts: new Float64Array(MOST_LEVELS), sums: new Float64Array(MOST_LEVELS) };
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { node, from, to, depth } = next;
    const here = nodes[node];
    if (here === undefined) continue;
    let sum = 0;
    for (let index = from; index < to; index += 1) sum += target[order[index] ?? 0] ?? 0;
    here.value = sum / Math.max(1, to - from);
    const split =
      depth < MAX_DEPTH && to - from >= 2 * MIN_LEAF ? bestSplit(features, target, { order, from, to, sum }, random, scratch) : null;
    if (split === null) continue;
    const middle = partition(order, from, to, (row) => passes(features, split.feature, split.level, row));
    const child = nodes.length;
    Object.assign(here, split, { child });
    nodes.push({ feature: -1, level: 0, child: -1, value: 0 }, { feature: -1, level: 0, child: -1, value: 0 });
    work.push({ node: child, from, to: middle, depth: depth + 1 }, { node: child + 1, from: middle, to, depth: depth + 1 });
  }
  return {
    feature: Int16Array.from(nodes, ({ feature }) => feature),
    level: Uint8Array.from(nodes, ({ level }) => level),
    child: Int32Array.from(nodes, ({ child }) => child),
    value: Float64Array.from(nodes, ({ value }) => value),
  };
}

/**
 * What a tree says of a row.
 * @param permuted feature to read from `donor` instead, −1 for none: what permutation importance needs
 */
export function predict(tree: RegressionTree, features: readonly Feature[], row: number, permuted = -1, donor = row): number {
  let node = 0;
  for (let feature = tree.feature[0] ?? -1; feature >= 0; feature = tree.feature[node] ?? -1) {
    const isThrough = passes(features, feature, tree.level[node] ?? 0, feature === permuted ? donor : row);
    node = (tree.child[node] ?? 0) + (isThrough ? 0 : 1);
  }
  return tree.value[node] ?? 0;
}

function passes(features: readonly Feature[], index: number, level: number, row: number): boolean {
  const feature = features[index];
  const code = feature?.codes[row] ?? 0;
  return feature?.ordered === true ? code <= level : code === level;
}

interface Range {
  order: Int32Array;
  from: number;
  to: number;
  /** Of the target over the range. */
  sum: number;
}

function bestSplit(
  features: readonly Feature[],
  target: Float64Array,
  { order, from, to, sum }: Range,
  random: RandomSource,
  { counts, sums }: { counts: Float64Array; sums: Float64Array },
): { feature: number; level: number } | null {
  const size = to - from;
  const looks = Math.max(1, Math.ceil(features.length / 3));
  const start = (sum * sum) / size;
  let [best, least]: [{ feature: number; level: number } | null, number] = [null, start * (1 + 1e-12) + 1e-12];
  for (let look = 0; look < looks; look += 1) {
    const index = randomIndex(random, features.length);
    const feature = features[index];
    if (feature === undefined) continue;
    counts.fill(0);
    sums.fill(0);
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const code = feature.codes[row] ?? 0;
      counts[code] = (counts[code] ?? 0) + 1;
      sums[code] = (sums[code] ?? 0) + (target[row] ?? 0);
    }
    let [count, part] = [0, 0];
    for (let level = 0; level < feature.levels; level += 1) {
      count = (feature.ordered ? count : 0) + (counts[level] ?? 0);
      part = (feature.ordered ? part : 0) + (sums[level] ?? 0);
      if (count < MIN_LEAF || size - count < MIN_LEAF) continue;
      const gain = (part * part) / count + ((sum - part) * (sum - part)) / (size - count);
      if (gain > least) [best, least] = [{ feature: index, level }, gain];
    }
  }
  return best;
}

/** Moves what passes to the front. @returns where the rest begins */
function partition(order: Int32Array, from: number, to: number, isFront: (row: number) => boolean): number {
  let middle = from;
  for (let index = from; index < to; index += 1) {
    const row = order[index] ?? 0;
    if (!isFront(row)) continue;
    order[index] = order[middle] ?? 0;
    order[middle] = row;
    middle += 1;
  }
  return middle;
}
