import type { Failures, TrainTaskDetail } from '@lora-ledger/contracts';
import { hasValue, sameError } from './similar-failures.js';

const group = (signature: string, taskIds: string[]) => ({ signature, taskIds });
const failures = {
  signatures: [group('ValueError: <n>', ['x']), group('RuntimeError: loss is nan at step <n>', ['y'])],
} as unknown as Failures;

describe('failures that say the same', () => {
  it('hold the task, or have its signature', () => {
    expect(sameError({ taskId: 'x', errorMessage: null }, failures)?.signature).toBe('ValueError: <n>');
    expect(sameError({ taskId: 'z', errorMessage: 'Traceback\nRuntimeError: loss is nan at step 712' }, failures)?.taskIds).toEqual(['y']);
    expect(sameError({ taskId: 'z', errorMessage: 'something else' }, failures)).toBeUndefined();
    expect(sameError({ taskId: 'z', errorMessage: null }, failures)).toBeUndefined();
  });
});

it('a task has a value as it is, inside a bin, or among its extra parameters', () => {
  const task = {
    loraRank: 16,
    learningRate: 2e-4,
    createUser: 'anna',
    gpu: null,
    extraParams: { optimizer: 'lion' },
  } as unknown as TrainTaskDetail;
  expect(hasValue(task, 'loraRank', 16)).toBe(true);
  expect(hasValue(task, 'loraRank', 8)).toBe(false);
  expect(hasValue(task, 'learningRate', { from: 1e-4, to: 3e-4, min: 1e-4, max: 3e-4 })).toBe(true);
  expect(hasValue(task, 'learningRate', { from: 1e-3, to: 3e-3, min: 1e-3, max: 3e-3 })).toBe(false);
  expect(hasValue(task, 'extra.optimizer', 'lion')).toBe(true);
  expect(hasValue(task, 'user', 'anna')).toBe(true);
  expect(hasValue(task, 'gpu', 'null')).toBe(false);
});
