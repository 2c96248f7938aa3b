import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isRunning } from './process-group.js';

/** Who runs an attempt: kept as `worker.json` in its workspace, so that nobody else starts it and leftovers can be found. */
export interface Claim {
  taskId: string;
  host: string;
  workerPid: number;
  /** See `processStart`. */
  workerStart: string | null;
  /** `null` until the trainer runs. Also the id of its process group. */
  trainerPid: number | null;
  trainerStart: string | null;
}

/** The attempt has been started before; it is not started twice. */
export class ClaimedError extends Error {
  override readonly name = 'ClaimedError';
}

/**
 * Writes the claim file, which must not exist yet. One left by a worker that died before its trainer was started is taken over.
 * @throws ClaimedError
 */
export async function claim(file: string, mine: Claim): Promise<void> {
  const text = JSON.stringify(mine, null, 2);
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const other = await readClaim(file);
    if (other !== undefined) refuseIfStarted(other, mine.host);
    await rm(file, { force: true });
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  }
}

/** Replaces the claim as a whole: a reader sees the old one or the new one. */
export async function updateClaim(file: string, mine: Claim): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(mine, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** `undefined` when there is none, or it was cut off while being written for the first time. */
export async function readClaim(file: string): Promise<Claim | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Claim;
  } catch {
    return undefined;
  }
}

function refuseIfStarted(other: Claim, host: string): void {
  if (other.host !== host || isRunning(other.workerPid, other.workerStart)) {
    throw new ClaimedError(`this attempt is being run by worker process ${other.workerPid} on ${other.host}`);
  }
  if (other.trainerPid === null) return;
  const state = isRunning(other.trainerPid, other.trainerStart) ? 'still runs' : 'has ended';
  throw new ClaimedError(
    `this attempt was started before: its worker is gone and its trainer (process ${other.trainerPid}) ${state}. Retry the task instead`,
  );
}
