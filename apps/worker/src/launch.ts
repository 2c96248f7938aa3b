import type { Assignment } from '@lora-ledger/contracts';
import { fillArgv, fillWorkerText, type WorkerValues } from '@lora-ledger/training';
import type { WorkerConfig } from './config.js';
import { note } from './note.js';
import { trainerEnvironment } from './trainer-environment.js';
import { TrainerProcess, type TrainerCommand } from './trainer-process.js';
import { openWorkspace, type Workspace } from './workspace.js';

export interface Launched {
  trainer: TrainerProcess;
  command: TrainerCommand;
  workspace: Workspace;
  /** Milliseconds since 1970. */
  startedAt: number;
}

/**
 * Makes the workspace of an attempt and starts its trainer as the profile says.
 * @param root folder of the installation, `{root}` in profiles
 * @throws ClaimedError when the attempt was started before
 * @throws PlaceError, ArgvError, LaunchError or an error of the file system when it cannot be started
 */
export async function launch(assignment: Assignment, worker: WorkerConfig, root: string): Promise<Launched> {
  const workspace = await openWorkspace(worker.dataDir, assignment);
  const command = commandFor(assignment, workspace, worker, root);
  const startedAt = Date.now();
  const trainer = await TrainerProcess.start(command);
  // From here on there is a trainer to look after: a full disk must not make it an orphan.
  await workspace.recordTrainer(trainer.pid).catch((error: unknown) => note('the trainer could not be recorded in the workspace', error));
  return { trainer, command, workspace, startedAt };
}

function commandFor({ taskId, config, profile }: Assignment, workspace: Workspace, worker: WorkerConfig, root: string): TrainerCommand {
  const { folder, configFile, outputDir, logFile } = workspace;
  const values: WorkerValues = { python: worker.python, root, dataDir: worker.dataDir, workspace: folder, outputDir, configFile, taskId };
  const profileEnv = Object.fromEntries(Object.entries(profile.env).map(([name, text]) => [name, fillWorkerText(text, values)]));
  return {
    argv: fillArgv(profile.argv, values, config),
    env: trainerEnvironment(worker.inherited, profileEnv, { url: worker.url, taskId, token: worker.token }),
    cwd: profile.cwd === null ? folder : fillWorkerText(profile.cwd, values),
    logFile,
  };
}
