/**
 * Corrects for asking many questions at once: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995)
 * 289–300. Calling everything with q ≤ 0.05 a finding, at most 5 % of the findings are expected to be none.
 *
 * @param ps p-values in any order
 * @returns q-values in the same order (R's `p.adjust(method = "BH")`)
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  const qs = new Array<number>(ps.length).fill(1);
  let least = 1;
  order.forEach(({ p, index }, fromTop) => {
    least = Math.min(least, (p * ps.length) / (ps.length - fromTop));
    qs[index] = least;
  });
  return qs;
}
