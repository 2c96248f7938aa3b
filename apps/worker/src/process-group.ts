import { readdirSync, readFileSync } from 'node:fs';

/** Sends `signal` to every process of the group, as far as there are any and they are ours. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // Gone already, or changed its user: nothing is left to do here.
  }
}

/**
 * Whether a process of the group still does something. Zombies do not count: in a container whose first process collects
 * no orphans they stay for ever.
 */
export function isGroupAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const states = groupStates(group);
  return states === undefined || states.some((state) => state !== 'Z' && state !== 'X');
}

/**
 * Something that tells a process from a later one with the same id: its start, in clock ticks since boot.
 * `null` where the system does not say (no `/proc`) or the process is gone.
 */
export function processStart(pid: number): string | null {
  return readStat(pid)?.[19] ?? null;
}

/**
 * Whether the process that had this id and start (see {@link processStart}) still runs. Without a known start, whether any process
 * has the id: good enough to refuse something, not to kill.
 */
export function isRunning(pid: number, start: string | null): boolean {
  if (start !== null) {
    const stat = readStat(pid);
    return stat?.[19] === start && stat[0] !== 'Z' && stat[0] !== 'X';
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function groupStates(group: number): string[] | undefined {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        const [state, , processGroup] = readStat(Number(pid)) ?? [];
        return state !== undefined && Number(processGroup) === group ? [state] : [];
      });
  } catch {
    return undefined;
  }
}

/** The fields of `/proc/<pid>/stat` from the third (state) on; the second, the name, may contain anything. */
function readStat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
