import type { Ink } from './ink.js';

/** An axis of names or days. */
export function nameAxis(names: readonly string[], { dimmed, line }: Ink) {
  return {
    type: 'category' as const,
    data: [...names],
    axisTick: { show: false },
    axisLine: { lineStyle: { color: line } },
    axisLabel: { color: dimmed, fontSize: 11, hideOverlap: true },
  };
}

/** The axes of rows: what each is on the left, and a figure of each on the right. */
export function rowAxes(names: readonly string[], beside: readonly string[], ink: Ink) {
  return [
    rowAxis(names, ink),
    {
      ...nameAxis(beside, ink),
      inverse: true,
      position: 'right' as const,
      axisLine: { show: false },
      axisLabel: { color: ink.dimmed, fontSize: 11, interval: 0 },
    },
  ];
}

const NAMES = 190;
/** On a phone names must not take more than a third. */
const NARROW_NAMES = 104;

export function rowAxis(names: readonly string[], ink: Ink) {
  return {
    ...nameAxis(names, ink),
    inverse: true,
    axisLabel: {
      color: ink.text,
      fontSize: 12,
      width: window.innerWidth < 600 ? NARROW_NAMES : NAMES,
      overflow: 'truncate' as const,
      interval: 0,
    },
  };
}

/** An axis of numbers. */
export function valueAxis(formatter: (value: number) => string, { dimmed, line }: Ink) {
  return {
    type: 'value' as const,
    axisLabel: { color: dimmed, fontSize: 11, formatter, hideOverlap: true },
    splitLine: { lineStyle: { color: line } },
  };
}

/** Whole numbers are not divided. */
export function countAxis(formatter: (value: number) => string, ink: Ink) {
  return { ...valueAxis(formatter, ink), minInterval: 1 };
}

export const GRID = { left: 8, right: 16, top: 36, bottom: 8, outerBoundsMode: 'same' as const, outerBoundsContain: 'axisLabel' as const };

export function legend({ dimmed }: Ink, selectedMode = true) {
  return {
    type: 'scroll' as const,
    top: 0,
    left: 0,
    icon: 'roundRect',
    itemWidth: 11,
    itemHeight: 11,
    selectedMode,
    textStyle: { color: dimmed, fontSize: 12 },
    pageTextStyle: { color: dimmed },
    pageIconColor: dimmed,
  };
}
