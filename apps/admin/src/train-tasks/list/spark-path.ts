import type { Sparkline } from '@lora-ledger/contracts';

/**
 * An SVG path through the values, in a box of `width` × `height` with the highest on top; where a value is no number the line has a gap.
 * @returns `null` when there is nothing to draw a line of
 */
export function sparkPath(values: Sparkline['values'], width: number, height: number): string | null {
  const numbers = values.filter((value): value is number => typeof value === 'number');
  if (numbers.length < 2) return null;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  let pen = 'M';
  return values
    .map((value, index) => {
      if (typeof value !== 'number') {
        pen = 'M';
        return '';
      }
      const x = (index / (values.length - 1)) * width;
      const y = high > low ? ((high - value) / (high - low)) * height : height / 2;
      const step = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
}
