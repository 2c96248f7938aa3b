import { readStored, writeStored } from '../../ui/stored.js';

/** How a task looks wherever it is drawn: a colour, a kind of line, and a letter, so that none of them has to be seen to know it. */
export interface TaskLook {
  color: string;
  /** Lengths of dashes and spaces; absent for a solid line. */
  dash?: readonly number[];
  letter: string;
}

/**
 * Seven hues that people with any kind of colour vision tell apart, at least 3:1 to the background they stand on. With three kinds of line
 * they last for 21 tasks.
 */
const LIGHT = ['#0072b2', '#e8590c', '#1a9c73', '#6b2f18', '#7a1260', '#4a2bd6', '#b56bff'];
const DARK = ['#58aef0', '#ff9a52', '#3fdcb0', '#d9c22a', '#f0a6d6', '#7c6bff', '#e0435f'];
const DASHES: readonly (readonly number[] | undefined)[] = [undefined, [8, 4], [2, 3]];

/** @param slot see {@link slotsFor} */
export function taskLook(slot: number, scheme: 'light' | 'dark'): TaskLook {
  const colors = scheme === 'light' ? LIGHT : DARK;
  const dash = DASHES[Math.floor(slot / colors.length) % DASHES.length];
  return {
    color: colors[slot % colors.length] ?? '#0072b2',
    ...(dash === undefined ? {} : { dash }),
    letter: String.fromCharCode(65 + (slot % 26)),
  };
}

const KEY = 'lora-ledger.looks';
/** Tasks whose places are remembered, those compared last. */
const KEPT = 500;
/** Where the browser keeps nothing the places last as long as the page. */
const remembered = new Map<string, number>();

/** The places of some tasks on this browser: a task looks the same after a reload and in every comparison it is part of. */
export function keptSlots(ids: readonly string[]): number[] {
  // Another tab may have given places since.
  for (const [id, slot] of storedSlots()) remembered.set(id, slot);
  const slots = slotsFor(ids, remembered);
  for (const [at, id] of ids.entries()) {
    remembered.delete(id);
    remembered.set(id, slots[at] ?? 0);
  }
  if (ids.length > 0) writeStored(KEY, [...remembered].slice(-KEPT));
  return slots;
}

function storedSlots(): [string, number][] {
  const stored = readStored(KEY);
  return Array.isArray(stored)
    ? stored.filter(
        (entry): entry is [string, number] =>
          Array.isArray(entry) && typeof entry[0] === 'string' && Number.isInteger(entry[1]) && entry[1] >= 0,
      )
    : [];
}

/**
 * A place in the list of looks for each task. A task keeps its place while others come and go; a new one takes the first that is free.
 * Whoever opens a shared link sees the places in the order of the address.
 */
export function slotsFor(ids: readonly string[], known: Map<string, number>): number[] {
  const taken = new Set<number>();
  for (const id of ids) {
    const slot = known.get(id);
    if (slot === undefined) continue;
    if (taken.has(slot)) known.delete(id);
    else taken.add(slot);
  }
  return ids.map((id) => {
    const slot = known.get(id) ?? firstFree(taken);
    taken.add(slot);
    known.set(id, slot);
    return slot;
  });
}

function firstFree(taken: ReadonlySet<number>): number {
  let slot = 0;
  while (taken.has(slot)) slot += 1;
  return slot;
}
