/** A range of values, without its lower and with its upper edge: 1e-4 lies in 7e-5 … 1e-4. */
export interface Bin {
  from: number;
  to: number;
}

/** Nice numbers within a decade, the finest first: people choose learning rates like these, so that each gets a bin of its own. */
const LADDERS: readonly (readonly number[])[] = [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];
const MOST_BINS = 24;
const [FINEST = [1]] = LADDERS;

/** Edges of the finest bins between 10^`fromDecade` and 10^`toDecade`, ascending. */
export function fineEdges(fromDecade: number, toDecade: number): number[] {
  const edges: number[] = [];
  for (let decade = fromDecade; decade < toDecade; decade += 1) edges.push(...FINEST.map((step) => nice(step, decade)));
  return [...edges, nice(1, toDecade)];
}

/**
 * Logarithmic bins with nice edges that cover `min` … `max` (both > 0), as fine as at most 24 of them allow, but never coarser than decades.
 */
export function logBins(min: number, max: number): Bin[] {
  const coarsest = LADDERS.length - 1;
  for (const [level, ladder] of LADDERS.entries()) {
    const bins = cover(ladder, min, max);
    if (bins.length <= MOST_BINS || level === coarsest) return bins;
  }
  return [];
}

function cover(ladder: readonly number[], min: number, max: number): Bin[] {
  const [lowest, highest] = [Math.floor(Math.log10(min)) - 1, Math.ceil(Math.log10(max)) + 1];
  const edges: number[] = [];
  for (let decade = lowest; decade <= highest; decade += 1) edges.push(...ladder.map((step) => nice(step, decade)));
  return edges.flatMap((from, index) => {
    const to = edges[index + 1];
    return to === undefined || to < min || from >= max ? [] : [{ from, to }];
  });
}

/** Bins of the same width with nice edges that cover `min` … `max`, at most 24: for values of which some are no more than nothing. */
export function linearBins(min: number, max: number): Bin[] {
  const least = (max - min) / (MOST_BINS - 2) || 1;
  const decade = Math.floor(Math.log10(least));
  const [step, power] = [...[1, 2, 5].map((one) => [one, decade] as const), [1, decade + 1] as const].find(
    ([one, at]) => nice(one, at) >= least,
  ) ?? [1, decade + 1];
  const [first, last] = [Math.ceil(min / nice(step, power)) - 1, Math.ceil(max / nice(step, power))];
  return Array.from({ length: last - first }, (_one, index) => ({
    from: nice(step * (first + index), power),
    to: nice(step * (first + index + 1), power),
  }));
}

/** The bin that holds `value`. */
export function binOf(bins: readonly Bin[], value: number): Bin | undefined {
  return bins.find(({ from, to }) => value > from && value <= to);
}

/** 3e-4 exactly as people and JSON write it: a product would be 0.00030000000000000003. */
function nice(step: number, decade: number): number {
  return Number(`${step}e${decade}`);
}

/** The least number above `value` (> 0): whatever is above `value` is not below this. */
export function nextUp(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigUint64(0, bits.getBigUint64(0) + 1n);
  return bits.getFloat64(0);
}
