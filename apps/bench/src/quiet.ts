import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';

const WATCHED_MS = 500;
const IDLE = 0.9;
const PATIENCE_MS = 30_000;

/** Waits until the machine has had next to nothing to do for half a second; at most 30 s, for one that has other work all the time. */
export async function untilQuiet(): Promise<void> {
  const begin = performance.now();
  for (let before = spent(); performance.now() - begin < PATIENCE_MS; before = spent()) {
    await setTimeout(WATCHED_MS);
    const now = spent();
    if ((now.idle - before.idle) / (now.all - before.all) >= IDLE) return;
  }
}

/** Time of all processors since they were started. */
function spent(): { idle: number; all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const sum = (of: (one: (typeof times)[number]) => number): number => times.reduce((total, one) => total + of(one), 0);
  return { idle: sum(({ idle }) => idle), all: sum(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq) };
}
