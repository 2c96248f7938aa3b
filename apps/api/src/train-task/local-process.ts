import { execFile, spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.js';

/** Settings of the worker's own; all others of the product (first password, sign-on secret …) and the database stay here. */
const WORKER_SETTINGS = ['LEDGER_PYTHON', 'LEDGER_HEARTBEAT_SECONDS', 'LEDGER_WORKER_PATIENCE'];

/** The worker gives a trainer ten seconds to end in its own way. */
const STOP_MS = 30_000;

/** Starts `worker run <taskId>` as a process of its own that goes on when this one ends. @returns its pid */
export async function spawnWorker(config: Config, taskId: string, token: string, url: string): Promise<number> {
  const workspace = workspaceOf(config, taskId);
  await mkdir(workspace, { recursive: true });
  const output = await open(join(workspace, 'worker.log'), 'a');
  try {
    const worker = spawn(process.execPath, [config.workerPath, 'run', taskId], {
      cwd: config.root,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      env: { ...inherited(), LEDGER_URL: url, LEDGER_TASK_TOKEN: token, LEDGER_DATA_DIR: config.dataDir },
    });
    return await new Promise<number>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('spawn', () => {
        worker.unref();
        resolve(worker.pid ?? 0);
      });
    });
  } finally {
    await output.close();
  }
}

/**
 * Ends the trainer that a killed worker left behind, with all its processes. Does nothing where there is none.
 * @throws when the worker program cannot be run
 */
export async function stopLeftOver(config: Config, taskId: string): Promise<void> {
  const env = { ...inherited(), LEDGER_DATA_DIR: config.dataDir };
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, [config.workerPath, 'stop', taskId], { cwd: config.root, env, timeout: STOP_MS }, (error) =>
      error === null ? resolve() : reject(new Error(`the worker could not stop what was left of task ${taskId}`, { cause: error })),
    );
  });
}

export interface WorkerProcess {
  pid: number;
  /** See `startMark`. */
  started: string | null;
}

/** The worker that wrote its name into the workspace of a task, alive or not; `null` when none has. */
export async function workerOf(config: Config, taskId: string): Promise<WorkerProcess | null> {
  try {
    const { workerPid, workerStart } = JSON.parse(await readFile(join(workspaceOf(config, taskId), 'worker.json'), 'utf8')) as {
      workerPid: number;
      workerStart: string | null;
    };
    return { pid: workerPid, started: workerStart };
  } catch {
    return null;
  }
}

function workspaceOf(config: Config, taskId: string): string {
  return join(config.dataDir, 'workspaces', taskId);
}

/** The operator's environment, out of which a profile may name what its trainer needs; the worker hands on nothing else that looks like a credential. */
function inherited(): NodeJS.ProcessEnv {
  const isOurs = (name: string): boolean =>
    name === 'DATABASE_URL' || name.startsWith('PG') || (name.startsWith('LEDGER_') && !WORKER_SETTINGS.includes(name));
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name)));
}

/** Tells one life of a pid from the next one's: the start time the kernel keeps, `null` where there is none to read. */
export async function startMark(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

/** Whether the process still lives, and is the one that was started. A zombie has ended. */
export async function isAlive({ pid, started }: WorkerProcess): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat !== null) {
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] !== 'Z' && (started === null || fields[19] === started);
  }
  if (process.platform === 'linux') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
