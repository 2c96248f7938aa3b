import { spawn, type ChildProcess } from 'node:child_process';
import { open, stat } from 'node:fs/promises';
import { isGroupAlive, signalGroup } from './process-group.js';
import { sleep } from './sleep.js';

export interface TrainerCommand {
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** Gets everything the trainer prints, appended. */
  logFile: string;
}

/** How the process ended: a code, or the signal that ended it. */
export interface TrainerEnd {
  exitCode: number | null;
  signal: string | null;
}

/** The trainer could not be started; the message says why. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
}

/** What outlives a trainer that ended by itself gets so long to leave. */
const LEFTOVER_GRACE_MS = 5000;
const AFTER_KILL_MS = 2000;
const LOOK_AGAIN_MS = 50;

/**
 * A running trainer: the leader of a process group of its own, because launchers such as accelerate start the real work in children.
 * Its output goes straight into the log file, not through the worker: a killed worker neither blocks nor ends it.
 */
export class TrainerProcess {
  readonly pid: number;
  private readonly exited: Promise<TrainerEnd>;
  private killAt: number | undefined;
  private killTimer: NodeJS.Timeout | undefined;

  private constructor(child: ChildProcess, pid: number) {
    this.pid = pid;
    this.exited = new Promise((resolve) => child.once('exit', (exitCode, signal) => resolve({ exitCode, signal })));
  }

  /** @throws LaunchError */
  static async start({ argv: [program = '', ...args], env, cwd, logFile }: TrainerCommand): Promise<TrainerProcess> {
    const isFolder = await stat(cwd).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder) throw new LaunchError(`the working directory of the trainer profile does not exist: ${cwd}`);
    const log = await open(logFile, 'a', 0o600);
    try {
      const child = spawn(program, args, { shell: false, detached: true, cwd, env, stdio: ['ignore', log.fd, log.fd] });
      const trainer = child.pid === undefined ? undefined : new TrainerProcess(child, child.pid);
      await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
      if (trainer === undefined) throw new Error('it got no process id');
      return trainer;
    } catch (error) {
      throw new LaunchError(`"${program}" could not be started: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await log.close();
    }
  }

  /** Asks the whole group to end; after `graceMs` it is made to. A second call changes nothing. */
  stop(graceMs: number): void {
    if (this.killAt !== undefined) return;
    this.killAt = Date.now() + graceMs;
    this.killTimer = setTimeout(() => signalGroup(this.pid, 'SIGKILL'), graceMs);
    signalGroup(this.pid, 'SIGTERM');
  }

  /** Resolves when the trainer has ended and nothing of its group is left. */
  async ended(): Promise<TrainerEnd> {
    const end = await this.exited;
    await this.clearGroup();
    clearTimeout(this.killTimer);
    return end;
  }

  private async clearGroup(): Promise<void> {
    if (!isGroupAlive(this.pid)) return;
    // When the task was cancelled, children may still be saving: they keep what is left of the grace.
    this.stop(LEFTOVER_GRACE_MS);
    const killAt = this.killAt ?? 0;
    while (isGroupAlive(this.pid) && Date.now() < killAt + AFTER_KILL_MS) await sleep(LOOK_AGAIN_MS);
  }
}
