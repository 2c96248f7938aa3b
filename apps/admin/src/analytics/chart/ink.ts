import { useComputedColorScheme } from '@mantine/core';
import type { TaskStatus } from '@lora-ledger/training';

/** Colours to draw with, for one scheme. */
export interface Ink {
  text: string;
  dimmed: string;
  line: string;
  surface: string;
  /** The one colour of a chart with a single kind of mark. */
  main: string;
  /** The same where there is too little to say. */
  faint: string;
  states: Record<TaskStatus, string>;
  /** The deepest shade of a heat map, and where text on a shade turns light. @see shadeOf */
  deep: string;
  lightFrom: number;
  /** For what has an order: from the darkest to the brightest that can be told from the surface. */
  scale: readonly string[];
  /** For kinds without an order. */
  kinds: readonly string[];
}

const KINDS = {
  light: ['#3f57d3', '#0b8f6c', '#d9480f', '#9c36b5', '#1c7ed6', '#b8860b', '#c2255c', '#5a6070'],
  dark: ['#7f94f0', '#38c79c', '#ff8f5a', '#cc7fe0', '#5aa9f0', '#dcb43c', '#f06a9b', '#949cae'],
} as const;

/** Purple to green or yellow: brighter all the way, so that the order is seen without knowing hues, by colour-blind people too (after "viridis"). */
const SCALE = {
  light: ['#3b1a6e', '#404a9f', '#2a7a9e', '#17957d', '#5f9a1f'],
  dark: ['#9a86ea', '#6f9cf0', '#3fb5c4', '#5fce7f', '#f2dc4b'],
} as const;

const INK: Record<'light' | 'dark', Ink> = {
  light: {
    text: '#212529',
    dimmed: '#5a6070',
    line: '#e3e6ea',
    surface: '#ffffff',
    main: '#4f68de',
    faint: '#b8c3f3',
    deep: '#2f42b5',
    lightFrom: 0.62,
    kinds: KINDS.light,
    scale: SCALE.light,
    states: { PENDING: '#ced4da', RUNNING: '#4dabf7', SUCCESS: '#20a37f', FAILED: '#e8590c', CANCELLED: '#adb5bd' },
  },
  dark: {
    text: '#d5d9e2',
    dimmed: '#a9b0bf',
    line: '#343b4d',
    surface: '#191d29',
    main: '#7085e6',
    faint: '#3b4670',
    deep: '#5568d8',
    lightFrom: 0,
    kinds: KINDS.dark,
    scale: SCALE.dark,
    states: { PENDING: '#4a5163', RUNNING: '#4797dd', SUCCESS: '#2fae8a', FAILED: '#f07d3c', CANCELLED: '#6f788c' },
  },
};

export function useInk(): Ink {
  return INK[useComputedColorScheme('light')];
}

/** Colours for `count` groups that have an order, evenly along the scale; the same for the same count. */
export function orderedColors(count: number, { scale }: Ink): string[] {
  return Array.from({ length: count }, (_one, index) => {
    const place = count === 1 ? 0 : (index * (scale.length - 1)) / (count - 1);
    const [under = '', over = under] = scale.slice(Math.floor(place), Math.floor(place) + 2);
    return mix(over, under, place % 1);
  });
}

/** A rate as a shade, pale to deep. @param rate 0..1 */
export function shadeOf(rate: number, { surface, deep }: Ink): string {
  return mix(deep, surface, 0.08 + 0.92 * rate);
}

function mix(over: string, under: string, part: number): string {
  const channel = (color: string, index: number): number => Number.parseInt(color.slice(1 + 2 * index, 3 + 2 * index), 16);
  return `rgb(${[0, 1, 2].map((index) => Math.round(part * channel(over, index) + (1 - part) * channel(under, index))).join(',')})`;
}
