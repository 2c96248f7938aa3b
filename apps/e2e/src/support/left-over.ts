import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

interface Claim {
  workerPid: number;
  workerStart: string | null;
  trainerPid: number | null;
  trainerStart: string | null;
}

const END_MS = 10_000;

/** Ends the workers and trainers of a data folder, which go on by design when the product stops: those its claims name, by process id and start. */
export function endTrainings(dataDir: string): void {
  const workspaces = join(dataDir, 'workspaces');
  if (!existsSync(workspaces)) return;
  for (const taskId of readdirSync(workspaces)) {
    const claim = claimIn(dataDir, taskId);
    if (claim === null) continue;
    // The worker first: else it would report, and wait for an answer, that its trainer was killed.
    if (isSame(claim.workerPid, claim.workerStart)) kill(claim.workerPid);
    if (claim.trainerPid !== null && isSame(claim.trainerPid, claim.trainerStart)) kill(-claim.trainerPid);
  }
}

/**
 * Waits until no process has to do with the data folder any more.
 * @throws with the command lines of what is still there after ten seconds
 */
export async function untilNothingIsLeft(dataDir: string): Promise<void> {
  const until = Date.now() + END_MS;
  for (let left = leftOver(dataDir); left.length > 0; left = leftOver(dataDir)) {
    if (Date.now() > until) throw new Error(`these processes have outlived the product:\n${left.join('\n')}`);
    await pause(50);
  }
}

/** Command lines of the living processes that name the folder in their command or environment, or work in it. Only Linux tells; elsewhere none. */
export function leftOver(dataDir: string): string[] {
  if (!existsSync('/proc/self/stat')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
      const isOfFolder =
        command.includes(dataDir) || read(`/proc/${pid}/environ`).includes(dataDir) || workingFolder(pid).startsWith(dataDir);
      return isOfFolder && startOf(Number(pid)) !== null ? [`${pid} ${command}`] : [];
    });
}

/** Who runs a task; `null` while the worker has not come as far as to write it. */
export function claimIn(dataDir: string, taskId: string): Claim | null {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'workspaces', taskId, 'worker.json'), 'utf8')) as Claim;
  } catch {
    return null;
  }
}

/** Without a start there is nothing to tell the process from a later one with its number. */
function isSame(pid: number, start: string | null): boolean {
  return start !== null && startOf(pid) === start;
}

/** Start of a living process in clock ticks since boot; `null` when it has ended, also when nobody has collected it yet. */
function startOf(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat === '' || fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
}

function kill(target: number): void {
  try {
    process.kill(target, 'SIGKILL');
  } catch {
    // It has ended in between.
  }
}

function workingFolder(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
