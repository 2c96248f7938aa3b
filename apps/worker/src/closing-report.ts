import type { ExitReport } from '@lora-ledger/contracts';
import { byteTrueText } from './byte-text.js';
import { readTail } from './file-slice.js';
import { gpuSeconds } from './gpu.js';
import { lastLines, TAIL_BYTES } from './last-lines.js';
import { collectOutputs } from './output-files.js';
import type { TrainerEnd } from './trainer-process.js';
import type { Workspace } from './workspace.js';

export interface Run {
  workspace: Workspace;
  env: Readonly<Record<string, string>>;
  /** Wall time from spawn to the end of the whole process group. */
  seconds: number;
  mask: (text: string) => string;
  /** What the worker itself did to the run, to be read behind the trainer's last words. */
  remark: string | null;
}

/** The closing report of a trainer that ran. Whether the run was a success is decided by the Ledger, from what stands here. */
export async function closingReport(end: TrainerEnd, { workspace, env, seconds, mask, remark }: Run): Promise<ExitReport> {
  const { files, hasFreshOutput } = await collectOutputs(workspace.outputDir, workspace.writtenAt);
  const tail = lastLines(mask(byteTrueText(await readTail(workspace.logFile, TAIL_BYTES))));
  return {
    ...end,
    hasFreshOutput,
    lastLines: remark === null ? tail : `${tail}\n${remark}`.trimStart(),
    outputFiles: files,
    gpuSeconds: gpuSeconds(seconds, env['CUDA_VISIBLE_DEVICES']),
  };
}

/** The closing report of a trainer that could not be started. */
export function launchFailure(why: string): ExitReport {
  return { exitCode: null, signal: null, launchFailed: true, hasFreshOutput: false, lastLines: why, outputFiles: [], gpuSeconds: 0 };
}
