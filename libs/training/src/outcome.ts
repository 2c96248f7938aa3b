import { classifyFailure, type FailureReason } from './failure-reason.js';

/** What a worker knows when its trainer has ended without saying how. */
export interface TrainerExit {
  /** `null`: ended by a signal. */
  exitCode: number | null;
  signal: string | null;
  /** Whether an output file newer than the start of the trainer was found. */
  hasFreshOutput: boolean;
  /** The last lines of the trainer's output, oldest first. */
  lastLines: string;
}

export type Outcome = { status: 'SUCCESS' } | { status: 'FAILED'; reason: FailureReason; error: string };

/**
 * How a training ended whose trainer made no terminal report. Exit code 0 alone proves nothing (some trainers exit 0
 * after an interrupt), and a code other than 0 says little (launchers turn every failure into 1): the output file and the last lines decide.
 */
export function decideOutcome(exit: TrainerExit): Outcome {
  if (exit.exitCode === 0 && exit.hasFreshOutput) return { status: 'SUCCESS' };
  const how = exit.exitCode === 0
    ? 'The trainer ended with exit code 0 but left no new output file.'
    : `The trainer ended with ${exit.signal === null ? `exit code ${exit.exitCode}` : `signal ${exit.signal}`}.`;
  const error = exit.lastLines.trim() === '' ? how : `${how}\n${exit.lastLines.trimEnd()}`;
  return { status: 'FAILED', reason: classifyFailure(exit.lastLines) ?? 'TRAINER_EXIT', error };
}
