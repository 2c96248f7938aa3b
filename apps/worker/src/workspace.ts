import type { Assignment } from '@lora-ledger/contracts';
import { serialiseConfig } from '@lora-ledger/training';
import { stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { claim, updateClaim, type Claim } from './claim.js';
import { makeFolderInside, outputDirName } from './output-dir.js';
import { processStart } from './process-group.js';

/** The folder of one attempt: `<dataDir>/workspaces/<taskId>`. */
export interface Workspace {
  folder: string;
  configFile: string;
  logFile: string;
  /** `<dataDir>/outputs/…/<taskId>`, the place that the configuration file names. */
  outputDir: string;
  /** The moment of writing the configuration by the clock of the file system, in ms since 1970: what is newer was made by the trainer. */
  writtenAt: number;
  recordTrainer(pid: number): Promise<void>;
}

/**
 * Makes the workspace and the output folder and writes the configuration in the trainer's format.
 * @throws ClaimedError when the attempt was started before
 * @throws PlaceError when the output would land outside
 */
export async function openWorkspace(dataDir: string, { taskId, config, profile }: Assignment): Promise<Workspace> {
  const folder = await makeFolderInside(join(dataDir, 'workspaces'), [taskId]);
  const claimFile = join(folder, 'worker.json');
  const mine: Claim = {
    taskId,
    host: hostname(),
    workerPid: process.pid,
    workerStart: processStart(process.pid),
    trainerPid: null,
    trainerStart: null,
  };
  await claim(claimFile, mine);
  const outputDir = await makeFolderInside(join(dataDir, 'outputs'), outputDirName(config.outputPath, taskId));
  const { text, fileName } = serialiseConfig({ ...config, outputPath: outputDir }, profile.format);
  const configFile = join(folder, basename(fileName));
  await writeFile(configFile, text, { mode: 0o600 });
  return {
    folder,
    configFile,
    logFile: join(folder, 'trainer.log'),
    outputDir,
    writtenAt: (await stat(configFile)).mtimeMs,
    recordTrainer: (pid) => updateClaim(claimFile, { ...mine, trainerPid: pid, trainerStart: processStart(pid) }),
  };
}
