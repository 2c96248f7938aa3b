import { storageInMemory } from '../../ui/storage-in-memory.js';
import { keptSlots, slotsFor, taskLook } from './task-look.js';

describe('the looks of compared tasks', () => {
  const all = Array.from({ length: 20 }, (_one, slot) => slot);

  it('differ for twenty tasks, also without their colour', () => {
    expect(new Set(all.map((slot) => JSON.stringify(taskLook(slot, 'light')))).size).toBe(20);
    expect(new Set(all.map((slot) => taskLook(slot, 'dark').letter)).size).toBe(20);
    expect(new Set(all.map((slot) => `${taskLook(slot, 'dark').color}${taskLook(slot, 'dark').dash?.join() ?? ''}`)).size).toBe(20);
  });

  it('stand out from their background', () => {
    for (const slot of all) {
      expect(contrast(taskLook(slot, 'light').color, '#ffffff')).toBeGreaterThan(3);
      expect(contrast(taskLook(slot, 'dark').color, '#191d29')).toBeGreaterThan(3);
    }
  });

  it('are told apart by people who do not see red or green', () => {
    for (const scheme of ['light', 'dark'] as const) {
      const colors = all.slice(0, 7).map((slot) => taskLook(slot, scheme).color);
      for (const vision of [PROTAN, DEUTAN]) {
        for (const [index, one] of colors.entries())
          for (const other of colors.slice(index + 1)) expect(distance(seen(one, vision), seen(other, vision))).toBeGreaterThan(12);
      }
    }
  });
});

describe('the place of a task among the looks', () => {
  it('is its place in the address at first, and stays while others come and go', () => {
    const known = new Map<string, number>();
    expect(slotsFor(['a', 'b', 'c'], known)).toEqual([0, 1, 2]);
    expect(slotsFor(['c', 'a'], known)).toEqual([2, 0]);
    expect(slotsFor(['c', 'a', 'd'], known)).toEqual([2, 0, 1]);
    expect(slotsFor(['b', 'd'], known)).toEqual([0, 1].includes(known.get('b') ?? -1) ? [known.get('b'), known.get('d')] : []);
    expect(new Set(slotsFor(['a', 'b', 'c', 'd'], known)).size).toBe(4);
  });
});

describe('the place of a task on this browser', () => {
  /** The page as it is loaded anew: only the storage is left. */
  const load = async (): Promise<typeof keptSlots> => {
    let slots = keptSlots;
    await jest.isolateModulesAsync(async () => {
      slots = (await import('./task-look.js')).keptSlots;
    });
    return slots;
  };
  beforeEach(() => storageInMemory());

  it('is the same after a reload, also in another company and another order', async () => {
    expect((await load())(['a', 'b', 'c'])).toEqual([0, 1, 2]);
    expect((await load())(['c', 'x', 'a'])).toEqual([2, 1, 0]);
  });
  it('is found anew where the storage holds something else', async () => {
    localStorage.setItem('lora-ledger.looks', '[["a",-1],["b"],7,{"a":1}]');
    expect((await load())(['a', 'b'])).toEqual([0, 1]);
  });
});

type Rgb = [number, number, number];
const linear = (hex: string): Rgb =>
  [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as Rgb;
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira and Fernandes 2009, severity 1. */
const PROTAN = [
  [0.152286, 1.052583, -0.204868],
  [0.114503, 0.786281, 0.099216],
  [-0.003882, -0.048116, 1.051998],
];
const DEUTAN = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
];

function seen(hex: string, vision: number[][]): Rgb {
  const color = linear(hex);
  return vision.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, factor, index) => sum + factor * color[index]!, 0),
      ),
    ),
  ) as Rgb;
}

/** CIE76 in L*a*b*: about 2 can just be seen. */
function distance(one: Rgb, other: Rgb): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function lab([r, g, b]: Rgb): Rgb {
  const xyz = [
    (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
  ];
  const [x, y, z] = xyz.map((value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)) as Rgb;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
