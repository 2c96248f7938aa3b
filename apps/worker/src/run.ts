import type { Assignment, ExitReport, StartReport } from '@lora-ledger/contracts';
import { maskSecrets } from '@lora-ledger/training';
import { hostname } from 'node:os';
import { ClaimedError } from './claim.js';
import { closingReport, launchFailure } from './closing-report.js';
import type { WorkerConfig } from './config.js';
import { gpuName } from './gpu.js';
import { launch, type Launched } from './launch.js';
import { GaveUpError, LedgerApi } from './ledger-api.js';
import { LogShipper } from './log-shipper.js';
import { maskerFor } from './masking.js';
import { note } from './note.js';
import { ProgressTail } from './progress-tail.js';
import { repeat } from './repeat.js';
import { secretsIn } from './trainer-environment.js';

const SHIP_LOG_MS = 500;
const REPORT_PROGRESS_MS = 1000;
/** No right to report, or nothing to report on: nobody wants this trainer. */
const NOT_OURS = new Set([401, 403, 404]);

/**
 * One attempt, from its assignment to the closing report.
 * @param root folder of the installation, `{root}` in profiles
 * @param stopped aborted when the worker itself is told to end: the trainer is then stopped as by a cancel, and its end is reported
 * @throws ClaimedError when this attempt was started before
 * @throws GaveUpError when the Ledger stayed away for longer than the configured patience
 */
export async function runTask(taskId: string, config: WorkerConfig, root: string, stopped: AbortSignal): Promise<void> {
  const api = new LedgerApi(config.url, taskId, config.token);
  api.setPatience(config.patienceMs);
  const hurry = (): void => api.setPatience(0);
  stopped.addEventListener('abort', hurry);
  const answer = await api.assignment();
  stopped.removeEventListener('abort', hurry);
  if (!answer.accepted) return note(`task ${taskId} is not to be run: ${answer.detail}`);
  if (stopped.aborted) return note(`task ${taskId} was not started: the worker was told to end`);
  const launched = await launch(answer.body, config, root).catch((error: unknown) => {
    if (error instanceof ClaimedError) throw error;
    return error instanceof Error ? error : new Error(String(error));
  });
  if (launched instanceof Error) {
    note(`the trainer of task ${taskId} could not be started`, launched);
    return close(api, launchFailure(maskSecrets(launched.message)));
  }
  note(`task ${taskId} runs as process ${launched.trainer.pid}`);
  await accompany(api, answer.body, launched, config, stopped);
}

/** From the start of the trainer to its end: report, ship, listen; then close. */
async function accompany(
  api: LedgerApi,
  assignment: Assignment,
  launched: Launched,
  config: WorkerConfig,
  stopped: AbortSignal,
): Promise<void> {
  const { trainer, workspace, command, startedAt } = launched;
  const { profile } = assignment;
  const mask = maskerFor(secretsIn(command.env));
  const stop = (): void => trainer.stop(profile.graceSeconds * 1000);
  let remark: string | null = null;
  const stopWithWorker = (): void => {
    remark = 'The worker was told to end and stopped the trainer.';
    stop();
  };
  if (stopped.aborted) stopWithWorker();
  else stopped.addEventListener('abort', stopWithWorker, { once: true });

  // While the trainer runs nothing is more important than that it can go on: the Ledger may be away as long as it likes.
  api.setPatience(Infinity);
  const ended = trainer.ended().then((end) => {
    api.setPatience(config.patienceMs);
    return { end, seconds: (Date.now() - startedAt) / 1000 };
  });

  const started = await api.start(await startReport(assignment, launched));
  if (!started.accepted) {
    // A task that moved on may have been cancelled, or its fast trainer has finished it already: the heartbeat tells the two apart.
    note(`the start of task ${assignment.taskId} was refused: ${started.detail}`);
    if (NOT_OURS.has(started.status)) stop();
  }

  const log = new LogShipper(api, workspace.logFile, mask);
  const progress = ProgressTail.for(api, profile, workspace, assignment.config);
  const shipping = repeat('shipping the log', SHIP_LOG_MS, () => log.ship());
  const reporting = repeat('reading progress', REPORT_PROGRESS_MS, async () => progress?.report());
  const beating = repeat('the heartbeat', config.heartbeatMs, async () => {
    const heartbeat = await api.heartbeat();
    if (heartbeat?.cancelRequested === true) stop();
  });

  try {
    const { end, seconds } = await ended;
    await Promise.all([shipping.stop(), reporting.stop()]);
    await Promise.all([orNote('shipping the end of the log', log.ship(true)), orNote('reading the last progress', progress?.finish())]);
    await close(api, await closingReport(end, { workspace, env: command.env, seconds, mask, remark }));
  } finally {
    stopped.removeEventListener('abort', stopWithWorker);
    await beating.stop();
  }
}

/** The closing report must go out even if something before it cannot be read, but not if the Ledger is given up. */
async function orNote(what: string, work: Promise<void> | undefined): Promise<void> {
  await work?.catch((error: unknown) => {
    if (error instanceof GaveUpError) throw error;
    note(`${what} failed`, error);
  });
}

async function close(api: LedgerApi, report: ExitReport): Promise<void> {
  const answer = await api.exit(report);
  if (answer.accepted) note(`the end was reported; the task is ${answer.body.status}`);
  else note(`the report of the end was refused: ${answer.detail}`);
}

async function startReport({ config }: Assignment, { trainer, command, workspace }: Launched): Promise<StartReport> {
  return {
    host: hostname().slice(0, 255),
    gpu: await gpuName(command.env),
    pid: trainer.pid,
    // With epochs given, the number of steps is the trainer's to tell.
    ...(config.epochs === null && config.maxSteps !== null ? { totalSteps: config.maxSteps } : {}),
    env: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      command: command.argv.map((line) => maskSecrets(line)),
      workingDirectory: command.cwd,
    },
    ...(workspace.logFile.length <= 1000 ? { logPath: workspace.logFile } : {}),
  };
}
