/**
 * Thins a curve without hiding anything a person would look for: of each stretch the lowest and the highest value stay,
 * and the first NaN or infinity of each, because that is where a run went wrong. First and last point always stay.
 *
 * @param values in the order of the steps
 * @param maxPoints points to keep at most, at least 4, give or take the non-finite ones
 * @returns indexes into `values`, ascending
 */
export function downsample(values: readonly number[], maxPoints: number): number[] {
  if (values.length <= maxPoints) return values.map((_value, index) => index);
  const stretches = Math.max(1, Math.floor((maxPoints - 2) / 2));
  const kept = new Set<number>([0, values.length - 1]);
  let strange = 0;
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const [from, to] = [Math.floor((stretch * values.length) / stretches), Math.floor(((stretch + 1) * values.length) / stretches)];
    let [low, high] = [-1, -1];
    for (let index = from; index < to; index += 1) {
      const value = values[index] ?? NaN;
      if (!Number.isFinite(value)) {
        // A run that stays NaN to its end would fill the curve: the first of each stretch says it as well.
        if (strange <= stretch) kept.add(index);
        strange = stretch + 1;
        continue;
      }
      if (low < 0 || value < (values[low] ?? NaN)) low = index;
      if (high < 0 || value > (values[high] ?? NaN)) high = index;
    }
    if (low >= 0) kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}
