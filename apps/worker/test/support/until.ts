import { readFileSync } from 'node:fs';

const LOOK_AGAIN_MS = 10;

/** Waits for something to become true; fails with `what` when it has not within 15 s. */
export async function until(what: string, isTrue: () => boolean): Promise<void> {
  const begin = Date.now();
  while (!isTrue()) {
    if (Date.now() - begin > 15_000) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
