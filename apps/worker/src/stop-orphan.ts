import { hostname } from 'node:os';
import { join } from 'node:path';
import { readClaim } from './claim.js';
import { isGroupAlive, isRunning, signalGroup } from './process-group.js';
import { sleep } from './sleep.js';

const GRACE_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/**
 * Ends the trainer that a killed worker left behind on this host, so that the next task has the GPU for itself.
 * Does nothing when there is none, when the worker is alive (it obeys a cancel), or when the process ids belong to others by now.
 * @returns whether there was one
 */
export async function stopOrphan(dataDir: string, taskId: string, graceMs = GRACE_MS): Promise<boolean> {
  const claim = await readClaim(join(dataDir, 'workspaces', taskId, 'worker.json'));
  if (claim === undefined || claim.trainerPid === null || claim.host !== hostname()) return false;
  const { trainerPid, trainerStart, workerPid, workerStart } = claim;
  // Without its start nothing proves that a process with this id is still the trainer.
  if (isRunning(workerPid, workerStart) || trainerStart === null || !isRunning(trainerPid, trainerStart)) return false;
  signalGroup(trainerPid, 'SIGTERM');
  const killAt = Date.now() + graceMs;
  while (isGroupAlive(trainerPid) && Date.now() < killAt) await sleep(LOOK_AGAIN_MS);
  signalGroup(trainerPid, 'SIGKILL');
  return true;
}
