import { decideOutcome, type TrainerExit } from './outcome.js';

const exit = (given: Partial<TrainerExit> = {}): TrainerExit => ({
  exitCode: 0,
  signal: null,
  hasFreshOutput: true,
  lastLines: '',
  ...given,
});

describe('the outcome of a trainer that did not report its end', () => {
  it('is a success with exit code 0 and a new output file', () => {
    expect(decideOutcome(exit({ lastLines: 'model saved.' }))).toEqual({ status: 'SUCCESS' });
  });

  it('is a success by these two alone, whatever the last lines say', () => {
    expect(decideOutcome(exit({ lastLines: '# OOM during training step, skipping batch 1/3 #' }))).toEqual({ status: 'SUCCESS' });
  });

  it('is a failure with exit code 0 and no output: some trainers exit so after an interrupt', () => {
    expect(decideOutcome(exit({ hasFreshOutput: false, lastLines: 'Job stopped\n' }))).toEqual({
      status: 'FAILED',
      reason: 'TRAINER_EXIT',
      error: 'The trainer ended with exit code 0 but left no new output file.\nJob stopped',
    });
  });

  it.each([1, 2, 137, -1])('is a failure with exit code %d, output or not', (exitCode) => {
    expect(decideOutcome(exit({ exitCode }))).toEqual({
      status: 'FAILED',
      reason: 'TRAINER_EXIT',
      error: `The trainer ended with exit code ${exitCode}.`,
    });
  });

  it('is a failure with a signal', () => {
    expect(decideOutcome(exit({ exitCode: null, signal: 'SIGKILL' }))).toMatchObject({
      reason: 'TRAINER_EXIT',
      error: 'The trainer ended with signal SIGKILL.',
    });
  });

  it('is a failure when nobody knows how it ended', () => {
    expect(decideOutcome(exit({ exitCode: null }))).toMatchObject({ status: 'FAILED', error: 'The trainer ended in an unknown way.' });
  });

  it('has the reason that the last lines name, and the lines as the error', () => {
    expect(decideOutcome(exit({ exitCode: 1, lastLines: 'step 3\ntorch.OutOfMemoryError: CUDA out of memory\n\n' }))).toEqual({
      status: 'FAILED',
      reason: 'OOM',
      error: 'The trainer ended with exit code 1.\nstep 3\ntorch.OutOfMemoryError: CUDA out of memory',
    });
  });
});
