import type { ConvergenceGroup } from '@lora-ledger/contracts';
import type { CustomSeriesOption } from 'echarts/charts';

/** Between the quartiles, as a filled shape; where there are none, it has a gap. It is picked like the line within it. */
export function band({ x, q1, q3 }: ConvergenceGroup, color: string, opacity: number): CustomSeriesOption {
  return {
    type: 'custom',
    cursor: 'pointer',
    z: 2,
    color,
    data: [[0]],
    clip: true,
    tooltip: { show: false },
    renderItem: (_params, api) => {
      const shapes: { low: number[][]; high: number[][] }[] = [];
      let isOpen = false;
      x.forEach((place, index) => {
        const [low, high] = [q1[index], q3[index]];
        if (low == null || high == null) {
          isOpen = false;
          return;
        }
        if (!isOpen) shapes.push({ low: [], high: [] });
        isOpen = true;
        shapes.at(-1)?.low.push(api.coord([place, low]));
        shapes.at(-1)?.high.push(api.coord([place, high]));
      });
      return {
        type: 'group',
        emphasisDisabled: true,
        children: shapes.map(({ low, high }) => ({
          type: 'polygon' as const,
          shape: { points: [...low, ...high.reverse()] as [number, number][] },
          style: { fill: color, opacity },
        })),
      };
    },
  };
}

/** A group that diverges must not press the others to the ground: the axis ends where three times the highest start lies. */
export function ceiling(groups: readonly ConvergenceGroup[]): number | undefined {
  const starts = groups.flatMap(({ q3 }) => q3[0] ?? []);
  const most = Math.max(...groups.flatMap(({ q3 }) => q3.filter((value): value is number => value !== null)));
  const limit = 3 * Math.max(...starts);
  return starts.length > 0 && limit > 0 && most > limit ? Number(limit.toPrecision(2)) : undefined;
}

/** The axis begins below the lowest quartile, rounded down to two digits: the chart itself looks at the lines only. */
export function ground(groups: readonly ConvergenceGroup[]): number | undefined {
  const least = Math.min(...groups.flatMap(({ q1 }) => q1.filter((value): value is number => value !== null)));
  if (!Number.isFinite(least)) return undefined;
  if (least === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(least))) - 1);
  return Number((Math.floor(least / step) * step).toPrecision(2));
}
