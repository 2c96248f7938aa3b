import { classifyFailure, type FailureReason } from './failure-reason.js';

/** What a worker knows when its trainer has ended without saying how. */
export interface TrainerExit {
  /** `null`: ended by a signal, or nobody knows. */
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
  const how = `The trainer ended ${howItEnded(exit)}.`;
  const error = exit.lastLines.trim() === '' ? how : `${how}\n${exit.lastLines.trimEnd()}`;
  return { status: 'FAILED', reason: classifyFailure(exit.lastLines) ?? 'TRAINER_EXIT', error };
}

function howItEnded({ exitCode, signal }: TrainerExit): string {
  if (exitCode === 0) return 'with exit code 0 but left no new output file';
  if (signal !== null) return `with signal ${signal}`;
  return exitCode === null ? 'in an unknown way' : `with exit code ${exitCode}`;
}
