import type { CustomSeriesOption } from 'echarts/charts';

/** Where an interval lies: its category, and both ends. */
export type Whisker = readonly [category: number, low: number, high: number];

const CAP = 4;

/** Intervals over bars or points, as a series: a line with caps from `low` to `high`. */
export function whiskers(data: readonly Whisker[], color: string, direction: 'horizontal' | 'vertical'): CustomSeriesOption {
  const isAcross = direction === 'horizontal';
  return {
    type: 'custom',
    silent: true,
    z: 5,
    tooltip: { show: false },
    data: data.map((one) => [...one]),
    encode: isAcross ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
    renderItem: (_params, api) => {
      const [category, low, high] = [0, 1, 2].map((dimension) => Number(api.value(dimension)));
      const at = (value: number | undefined): [number, number] => {
        const [x = 0, y = 0] = api.coord(isAcross ? [value ?? 0, category ?? 0] : [category ?? 0, value ?? 0]);
        return [x, y];
      };
      const [from, to] = [at(low), at(high)];
      const cap = ([x, y]: [number, number]) =>
        isAcross ? { x1: x, y1: y - CAP, x2: x, y2: y + CAP } : { x1: x - CAP, y1: y, x2: x + CAP, y2: y };
      const line = (shape: { x1: number; y1: number; x2: number; y2: number }) => ({
        type: 'line' as const,
        shape,
        style: { stroke: color, lineWidth: 1.25 },
      });
      return { type: 'group', children: [line({ x1: from[0], y1: from[1], x2: to[0], y2: to[1] }), line(cap(from)), line(cap(to))] };
    },
  };
}
