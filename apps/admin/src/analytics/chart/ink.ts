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
  /** For kinds without an order. */
  kinds: readonly string[];
}

const KINDS = {
  light: ['#3f57d3', '#0b8f6c', '#d9480f', '#9c36b5', '#1c7ed6', '#b8860b', '#c2255c', '#5a6070'],
  dark: ['#7f94f0', '#38c79c', '#ff8f5a', '#cc7fe0', '#5aa9f0', '#dcb43c', '#f06a9b', '#949cae'],
} as const;

const INK: Record<'light' | 'dark', Ink> = {
  light: {
    text: '#212529', dimmed: '#5a6070', line: '#e3e6ea', surface: '#ffffff', main: '#4f68de', faint: '#b8c3f3', deep: '#2f42b5', lightFrom: 0.62, kinds: KINDS.light,
    states: { PENDING: '#ced4da', RUNNING: '#4dabf7', SUCCESS: '#20a37f', FAILED: '#e8590c', CANCELLED: '#adb5bd' },
  },
  dark: {
    text: '#d5d9e2', dimmed: '#a9b0bf', line: '#343b4d', surface: '#191d29', main: '#7085e6', faint: '#3b4670', deep: '#5568d8', lightFrom: 0, kinds: KINDS.dark,
    states: { PENDING: '#4a5163', RUNNING: '#4797dd', SUCCESS: '#2fae8a', FAILED: '#f07d3c', CANCELLED: '#6f788c' },
  },
};

export function useInk(): Ink {
  return INK[useComputedColorScheme('light')];
}

/** From cold to hot, told apart by colour-blind people too (after the perceptual order of "viridis"); the middle is dark enough on white and light enough on ink. */
const SCALE = ['#4b3b9c', '#3c5fb4', '#2b7fb0', '#259c96', '#43ad6d', '#8ab53c', '#cfa51f', '#e58a2b', '#d95f3b', '#b83a53'] as const;

/** Colours for `count` groups that have an order, the same for the same count. */
export function orderedColors(count: number): string[] {
  return Array.from({ length: count }, (_one, index) => SCALE[count === 1 ? 1 : Math.round((index * (SCALE.length - 1)) / (count - 1))] ?? SCALE[0]);
}

/** A rate as a shade, pale to deep. @param rate 0..1 */
export function shadeOf(rate: number, { surface, deep }: Ink): string {
  return mix(deep, surface, 0.08 + 0.92 * rate);
}

function mix(over: string, under: string, part: number): string {
  const channel = (color: string, index: number): number => Number.parseInt(color.slice(1 + 2 * index, 3 + 2 * index), 16);
  return `rgb(${[0, 1, 2].map((index) => Math.round(part * channel(over, index) + (1 - part) * channel(under, index))).join(',')})`;
}
